-- add_computed_column_to_strict_table: up, sqlite

-- rebuild items: make the new table
--   + column items.next: integer null as (price + 1)
-- ! may fail on existing data: `items.next` may come out as a value that is no `integer`
-- ! rewrites the table: copies all rows of `items`; nobody else can write meanwhile
CREATE TABLE "_okra_new_items" (
  "id" integer NOT NULL PRIMARY KEY,
  "price" integer NOT NULL,
  "next" integer GENERATED ALWAYS AS (price + 1) STORED
) STRICT;

-- rebuild items: copy its rows
INSERT INTO "_okra_new_items" ("id", "price")
  SELECT "items"."id", "items"."price" FROM "items";

-- rebuild items: drop the old table
DROP TABLE "items";

-- rebuild items: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild items: put the new table in its place
ALTER TABLE "_okra_new_items" RENAME TO "items";

-- rebuild items: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
