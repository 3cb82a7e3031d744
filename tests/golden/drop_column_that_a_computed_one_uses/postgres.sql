-- drop_column_that_a_computed_one_uses: up, postgres

-- a place for the values of items.gross
ALTER TABLE "items" ADD COLUMN "_okra_new_gross" integer;

-- keep what items.gross shows
-- ! blocks writes or reads: nobody else can use `items` while its rows get their values
UPDATE "items" SET "_okra_new_gross" = "gross";

-- no longer compute gross
ALTER TABLE "items" DROP COLUMN "gross";

-- the values of items.gross take their place
ALTER TABLE "items" RENAME COLUMN "_okra_new_gross" TO "gross";

-- alter table items
--   - column items.price
--   ~ column items.gross: generated (price * 2) virtual → no
-- ! loses data: drops column `items.price` with its values
-- ! breaks code that runs against the old schema: code that uses `items.price` fails
ALTER TABLE "items" DROP COLUMN "price";
