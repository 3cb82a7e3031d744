-- index_takes_the_name_that_another_table_frees: down, postgres
-- what the migration took from rows does not come back:
--   drops table `logs` with all its rows

-- drop index by_text of notes
DROP INDEX "by_text";

-- drop index by_mark of pages
DROP INDEX "by_mark";

-- create table logs
CREATE TABLE "logs" (
  "id" integer NOT NULL,
  "text" text NOT NULL,
  CONSTRAINT "logs_pkey" PRIMARY KEY ("id")
);

-- index logs by text
CREATE INDEX "by_text" ON "logs" ("text");

-- alter table notes
--   ~ column notes.mark: null → not null
-- ! breaks code that runs against the old schema: code that leaves `notes.mark` out or empty fails
ALTER TABLE "notes" ADD CONSTRAINT "_okra_required_mark" CHECK ("mark" IS NOT NULL) NOT VALID;

-- give rows of notes without mark a value
-- ! changes data: NULLs in `notes.mark` become ''
-- ! blocks writes or reads: writes to rows of `notes` wait while those get their values
-- okra: new transaction
UPDATE "notes" SET "mark" = '' WHERE "mark" IS NULL;

-- see that all rows of notes have mark
-- okra: new transaction
ALTER TABLE "notes" VALIDATE CONSTRAINT "_okra_required_mark";

-- require mark of notes
-- okra: new transaction
ALTER TABLE "notes" ALTER COLUMN "mark" SET NOT NULL;

-- mark of notes needs no check any more
ALTER TABLE "notes" DROP CONSTRAINT "_okra_required_mark";

-- index notes by mark
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "by_mark" ON "notes" ("mark");
