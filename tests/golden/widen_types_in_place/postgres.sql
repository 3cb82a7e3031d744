-- widen_types_in_place: up, postgres

-- drop constraints of things
ALTER TABLE "things" DROP CONSTRAINT "things_name_check";

-- alter table things
--   ~ column things.name: character varying(20) → text
--   ~ column things.price: numeric(8,2) → numeric(12,2)
--   ~ column things.at: timestamp(3) without time zone → timestamp without time zone
ALTER TABLE "things"
  ALTER COLUMN "name" TYPE text,
  ALTER COLUMN "price" TYPE numeric(12,2),
  ALTER COLUMN "at" TYPE timestamp without time zone,
  ADD CONSTRAINT "things_name_check" CHECK (name <> '') NOT VALID;

-- see that all rows of things satisfy things_name_check
-- okra: new transaction
ALTER TABLE "things" VALIDATE CONSTRAINT "things_name_check";
