-- drop_primary_key_column: down, postgres
-- what the migration took from rows does not come back:
--   drops column `entries.id` with its values

-- alter table entries
--   + column entries.id: integer not null, rows get (SELECT (ctid::text::point)[0] * 300 + (ctid::text::point)[1])::integer
-- ! breaks code that runs against the old schema: code that inserts into `entries` without `id` fails
-- ! rewrites the table: writes all rows of `entries` anew; nobody else can use it meanwhile
ALTER TABLE "entries"
  ADD COLUMN "id" integer,
  ADD CONSTRAINT "_okra_required_id" CHECK ("id" IS NOT NULL) NOT VALID;

-- give rows of entries without id a value
-- ! blocks writes or reads: writes to rows of `entries` wait while those get their values
-- okra: new transaction
UPDATE "entries" SET "id" = (SELECT (ctid::text::point)[0] * 300 + (ctid::text::point)[1])::integer WHERE "id" IS NULL;

-- see that all rows of entries have id
-- ! may fail on existing data: `entries.id` becomes required: fails if there is no row to refer to
-- okra: new transaction
ALTER TABLE "entries" VALIDATE CONSTRAINT "_okra_required_id";

-- require id of entries
-- okra: new transaction
ALTER TABLE "entries" ALTER COLUMN "id" SET NOT NULL;

-- id of entries needs no check any more
ALTER TABLE "entries" DROP CONSTRAINT "_okra_required_id";

-- unique index entries by id
-- ! may fail on existing data: rows of `entries` may have the same `id`, or none
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_entries_pkey" ON "entries" ("id");

-- change keys of entries
-- okra: new transaction
ALTER TABLE "entries"
  DROP CONSTRAINT "entries_pkey",
  ADD CONSTRAINT "entries_pkey" PRIMARY KEY USING INDEX "_okra_new_entries_pkey";
