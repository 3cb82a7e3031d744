-- change_primary_key_to_unique_columns: down, postgres
-- what the migration took from rows does not come back:
--   drops column `seats.id` with its values

-- alter table seats
--   + column seats.id: integer not null, rows get (SELECT (ctid::text::point)[0] * 300 + (ctid::text::point)[1])::integer
-- ! breaks code that runs against the old schema: code that inserts into `seats` without `id` fails
-- ! rewrites the table: writes all rows of `seats` anew; nobody else can use it meanwhile
ALTER TABLE "seats"
  ADD COLUMN "id" integer,
  ADD CONSTRAINT "_okra_required_id" CHECK ("id" IS NOT NULL) NOT VALID;

-- give rows of seats without id a value
-- ! blocks writes or reads: writes to rows of `seats` wait while those get their values
-- okra: new transaction
UPDATE "seats" SET "id" = (SELECT (ctid::text::point)[0] * 300 + (ctid::text::point)[1])::integer WHERE "id" IS NULL;

-- see that all rows of seats have id
-- ! may fail on existing data: `seats.id` becomes required: fails if there is no row to refer to
-- okra: new transaction
ALTER TABLE "seats" VALIDATE CONSTRAINT "_okra_required_id";

-- require id of seats
-- okra: new transaction
ALTER TABLE "seats" ALTER COLUMN "id" SET NOT NULL;

-- id of seats needs no check any more
ALTER TABLE "seats" DROP CONSTRAINT "_okra_required_id";

-- unique index seats by row, place
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "seats_row_place_key" ON "seats" ("row", "place");

-- unique index seats by id
-- ! may fail on existing data: rows of `seats` may have the same `id`, or none
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_seats_pkey" ON "seats" ("id");

-- change keys of seats
-- okra: new transaction
ALTER TABLE "seats"
  DROP CONSTRAINT "seats_pkey",
  ADD CONSTRAINT "seats_row_place_key" UNIQUE USING INDEX "seats_row_place_key",
  ADD CONSTRAINT "seats_pkey" PRIMARY KEY USING INDEX "_okra_new_seats_pkey";
