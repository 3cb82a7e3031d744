-- drop_computed_column_with_its_source: up, sqlite

-- drop column items.gross
-- ! breaks code that runs against the old schema: code that uses `items.gross` fails
ALTER TABLE "items" DROP COLUMN "gross";

-- drop column items.price
-- ! loses data: drops column `items.price` with its values
-- ! breaks code that runs against the old schema: code that uses `items.price` fails
-- ! rewrites the table: writes all rows of `items` anew
ALTER TABLE "items" DROP COLUMN "price";
