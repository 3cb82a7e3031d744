-- keep_rowids_and_without_rowid_and_strict: down, postgres
-- what the migration took from rows does not come back:
--   NULLs in `pairs.note` become 'none'

-- alter table facts
--   ~ column facts.text: null → not null
-- ! breaks code that runs against the old schema: code that leaves `facts.text` out or empty fails
ALTER TABLE "facts" ADD CONSTRAINT "_okra_required_text" CHECK ("text" IS NOT NULL) NOT VALID;

-- alter table pairs
--   ~ column pairs.note: not null → null
ALTER TABLE "pairs" ALTER COLUMN "note" DROP NOT NULL;

-- give rows of facts without text a value
-- ! changes data: NULLs in `facts.text` become ''
-- ! blocks writes or reads: writes to rows of `facts` wait while those get their values
-- okra: new transaction
UPDATE "facts" SET "text" = '' WHERE "text" IS NULL;

-- see that all rows of facts have text
-- okra: new transaction
ALTER TABLE "facts" VALIDATE CONSTRAINT "_okra_required_text";

-- require text of facts
-- okra: new transaction
ALTER TABLE "facts" ALTER COLUMN "text" SET NOT NULL;

-- text of facts needs no check any more
ALTER TABLE "facts" DROP CONSTRAINT "_okra_required_text";
