-- rebuild_with_checks_that_name_their_table: down, postgres

-- alter table items
--   ~ column items.price: null → not null
-- ! breaks code that runs against the old schema: code that leaves `items.price` out or empty fails
ALTER TABLE "items" ADD CONSTRAINT "_okra_required_price" CHECK ("price" IS NOT NULL) NOT VALID;

-- give rows of items without price a value
-- ! changes data: NULLs in `items.price` become 0
-- ! may fail on existing data: rows of `items` may not satisfy `price > 0 AND id < '1500000000'::numeric`
-- ! blocks writes or reads: writes to rows of `items` wait while those get their values
-- okra: new transaction
UPDATE "items" SET "price" = 0 WHERE "price" IS NULL;

-- see that all rows of items have price
-- okra: new transaction
ALTER TABLE "items" VALIDATE CONSTRAINT "_okra_required_price";

-- require price of items
-- okra: new transaction
ALTER TABLE "items" ALTER COLUMN "price" SET NOT NULL;

-- price of items needs no check any more
ALTER TABLE "items" DROP CONSTRAINT "_okra_required_price";
