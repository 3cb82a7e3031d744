-- widen_types_in_place: down, postgres

-- drop constraints of things
ALTER TABLE "things" DROP CONSTRAINT "things_name_check";

-- alter table things
--   ~ column things.name: text → character varying(20)
--   ~ column things.price: numeric(12,2) → numeric(8,2)
--   ~ column things.at: timestamp without time zone → timestamp(3) without time zone
-- ! may fail on existing data: `things.name` may hold values longer than 20
-- ! may fail on existing data: `things.price` may hold numbers with more digits
-- ! changes data: `things.at` is rounded to 3 digits of a second
-- ! rewrites the table: writes all rows of `things` anew; nobody else can use it meanwhile
ALTER TABLE "things"
  ALTER COLUMN "name" TYPE character varying(20),
  ALTER COLUMN "price" TYPE numeric(8,2),
  ALTER COLUMN "at" TYPE timestamp(3) without time zone,
  ADD CONSTRAINT "things_name_check" CHECK (name <> '') NOT VALID;

-- see that all rows of things satisfy things_name_check
-- okra: new transaction
ALTER TABLE "things" VALIDATE CONSTRAINT "things_name_check";
