-- widen_types_in_place: up, postgres

-- alter table things
--   ~ column things.name: character varying(20) → text
--   ~ column things.price: numeric(8,2) → numeric(12,2)
--   ~ column things.at: timestamp(3) without time zone → timestamp without time zone
ALTER TABLE "things"
  ALTER COLUMN "name" TYPE text,
  ALTER COLUMN "price" TYPE numeric(12,2),
  ALTER COLUMN "at" TYPE timestamp without time zone;
