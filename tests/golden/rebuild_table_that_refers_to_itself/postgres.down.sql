-- rebuild_table_that_refers_to_itself: down, postgres

-- alter table folders
--   ~ column folders.name: null → not null
-- ! breaks code that runs against the old schema: code that leaves `folders.name` out or empty fails
ALTER TABLE "folders" ADD CONSTRAINT "_okra_required_name" CHECK ("name" IS NOT NULL) NOT VALID;

-- give rows of folders without name a value
-- ! changes data: NULLs in `folders.name` become ''
-- ! blocks writes or reads: writes to rows of `folders` wait while those get their values
-- okra: new transaction
UPDATE "folders" SET "name" = '' WHERE "name" IS NULL;

-- see that all rows of folders have name
-- okra: new transaction
ALTER TABLE "folders" VALIDATE CONSTRAINT "_okra_required_name";

-- require name of folders
-- okra: new transaction
ALTER TABLE "folders" ALTER COLUMN "name" SET NOT NULL;

-- name of folders needs no check any more
ALTER TABLE "folders" DROP CONSTRAINT "_okra_required_name";
