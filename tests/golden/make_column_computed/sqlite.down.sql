-- make_column_computed: down, sqlite
-- what the migration took from rows does not come back:
--   `items.gross` becomes computed: the values it has are replaced

-- rebuild items: make the new table
--   ~ column items.gross: generated (price * 2) stored → no
-- ! rewrites the table: copies all rows of `items`; nobody else can write meanwhile
CREATE TABLE "_okra_new_items" (
  "id" integer NOT NULL PRIMARY KEY,
  "price" integer NOT NULL,
  "gross" integer
);

-- rebuild items: copy its rows
INSERT INTO "_okra_new_items" ("id", "price", "gross")
  SELECT "items"."id", "items"."price", "items"."gross" FROM "items";

-- rebuild items: drop the old table
DROP TABLE "items";

-- rebuild items: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild items: put the new table in its place
ALTER TABLE "_okra_new_items" RENAME TO "items";

-- rebuild items: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
