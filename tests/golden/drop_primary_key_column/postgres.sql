-- drop_primary_key_column: up, postgres

-- drop constraints of entries
ALTER TABLE "entries" DROP CONSTRAINT "entries_pkey";

-- alter table entries
--   - column entries.id
-- ! loses data: drops column `entries.id` with its values
-- ! breaks code that runs against the old schema: code that uses `entries.id` fails
-- ! may fail on existing data: rows of `entries` may have the same `code`, or none
-- ! blocks writes or reads: nobody else can use `entries` while its key is built
ALTER TABLE "entries"
  DROP COLUMN "id",
  ADD CONSTRAINT "entries_pkey" PRIMARY KEY ("code");
