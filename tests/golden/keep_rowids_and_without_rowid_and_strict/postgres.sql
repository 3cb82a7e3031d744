-- keep_rowids_and_without_rowid_and_strict: up, postgres

-- alter table facts
--   ~ column facts.text: not null → null
ALTER TABLE "facts" ALTER COLUMN "text" DROP NOT NULL;

-- alter table pairs
--   ~ column pairs.note: null → not null
-- ! breaks code that runs against the old schema: code that leaves `pairs.note` out or empty fails
ALTER TABLE "pairs" ADD CONSTRAINT "_okra_required_note" CHECK ("note" IS NOT NULL) NOT VALID;

-- give rows of pairs without note a value
-- ! changes data: NULLs in `pairs.note` become 'none'
-- ! blocks writes or reads: writes to rows of `pairs` wait while those get their values
-- okra: new transaction
UPDATE "pairs" SET "note" = 'none' WHERE "note" IS NULL;

-- see that all rows of pairs have note
-- okra: new transaction
ALTER TABLE "pairs" VALIDATE CONSTRAINT "_okra_required_note";

-- require note of pairs
-- okra: new transaction
ALTER TABLE "pairs" ALTER COLUMN "note" SET NOT NULL;

-- note of pairs needs no check any more
ALTER TABLE "pairs" DROP CONSTRAINT "_okra_required_note";
