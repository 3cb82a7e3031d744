-- make_a_column_the_key: up, postgres

-- alter table facts
--   ~ column facts.number: null → not null
-- ! breaks code that runs against the old schema: code that leaves `facts.number` out or empty fails
ALTER TABLE "facts" ADD CONSTRAINT "_okra_required_number" CHECK ("number" IS NOT NULL) NOT VALID;

-- see that all rows of facts have number
-- ! may fail on existing data: `facts.number` becomes required: fails if a row has NULL there
-- okra: new transaction
ALTER TABLE "facts" VALIDATE CONSTRAINT "_okra_required_number";

-- require number of facts
-- okra: new transaction
ALTER TABLE "facts" ALTER COLUMN "number" SET NOT NULL;

-- number of facts needs no check any more
ALTER TABLE "facts" DROP CONSTRAINT "_okra_required_number";

-- unique index facts by number
-- ! may fail on existing data: rows of `facts` may have the same `number`, or none
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "facts_pkey" ON "facts" ("number");

-- change keys of facts
-- okra: new transaction
ALTER TABLE "facts" ADD CONSTRAINT "facts_pkey" PRIMARY KEY USING INDEX "facts_pkey";
