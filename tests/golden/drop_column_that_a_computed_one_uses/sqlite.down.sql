-- drop_column_that_a_computed_one_uses: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `items.price` with its values

-- rebuild items: make the new table
--   + column items.price: integer not null, rows get 0
--   ~ column items.gross: generated no → (price * 2) virtual
-- ! breaks code that runs against the old schema: code that inserts into `items` without `price` fails
-- ! loses data: `items.gross` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.gross` fails
-- ! rewrites the table: copies all rows of `items`; nobody else can write meanwhile
CREATE TABLE "_okra_new_items" (
  "id" integer NOT NULL PRIMARY KEY,
  "price" integer NOT NULL,
  "gross" integer GENERATED ALWAYS AS (price * 2) VIRTUAL
);

-- rebuild items: copy its rows
INSERT INTO "_okra_new_items" ("id", "price")
  SELECT "items"."id", 0 FROM "items";

-- rebuild items: drop the old table
DROP TABLE "items";

-- rebuild items: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild items: put the new table in its place
ALTER TABLE "_okra_new_items" RENAME TO "items";

-- rebuild items: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
