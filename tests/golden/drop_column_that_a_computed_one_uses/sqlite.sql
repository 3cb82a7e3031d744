-- drop_column_that_a_computed_one_uses: up, sqlite

-- rebuild items: make the new table
--   - column items.price
--   ~ column items.gross: generated (price * 2) virtual → no
-- ! loses data: drops column `items.price` with its values
-- ! breaks code that runs against the old schema: code that uses `items.price` fails
-- ! rewrites the table: copies all rows of `items`; nobody else can write meanwhile
CREATE TABLE "_okra_new_items" (
  "id" integer NOT NULL PRIMARY KEY,
  "gross" integer
);

-- rebuild items: copy its rows
INSERT INTO "_okra_new_items" ("id", "gross")
  SELECT "items"."id", "items"."gross" FROM "items";

-- rebuild items: drop the old table
DROP TABLE "items";

-- rebuild items: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild items: put the new table in its place
ALTER TABLE "_okra_new_items" RENAME TO "items";

-- rebuild items: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
