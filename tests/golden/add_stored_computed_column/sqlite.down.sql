-- add_stored_computed_column: down, sqlite

-- drop column items.gross
-- ! breaks code that runs against the old schema: code that uses `items.gross` fails
-- ! rewrites the table: writes all rows of `items` anew
ALTER TABLE "items" DROP COLUMN "gross";
