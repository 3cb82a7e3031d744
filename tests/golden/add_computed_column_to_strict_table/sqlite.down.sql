-- add_computed_column_to_strict_table: down, sqlite

-- drop column items.next
-- ! breaks code that runs against the old schema: code that uses `items.next` fails
-- ! rewrites the table: writes all rows of `items` anew
ALTER TABLE "items" DROP COLUMN "next";
