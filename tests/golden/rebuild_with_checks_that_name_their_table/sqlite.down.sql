-- rebuild_with_checks_that_name_their_table: down, sqlite

-- rebuild items: make the new table
--   ~ column items.price: null → not null
-- ! changes data: NULLs in `items.price` become 0
-- ! may fail on existing data: rows of `items` may not satisfy `price > 0 AND id < 1500000000.0`
-- ! rewrites the table: copies all rows of `items`; nobody else can write meanwhile
CREATE TABLE "_okra_new_items" (
  "id" integer NOT NULL PRIMARY KEY,
  "price" integer NOT NULL,
  "note" text,
  "half" integer GENERATED ALWAYS AS (price / 2) VIRTUAL,
  CONSTRAINT "c" CHECK (price > 0 AND id < 1500000000.0)
);

-- rebuild items: copy its rows
INSERT INTO "_okra_new_items" ("id", "price", "note")
  SELECT "items"."id", coalesce("items"."price", 0), "items"."note" FROM "items";

-- rebuild items: drop the old table
DROP TABLE "items";

-- rebuild items: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild items: put the new table in its place
ALTER TABLE "_okra_new_items" RENAME TO "items";

-- rebuild items: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index items by an expression
CREATE INDEX "i" ON "items" (lower(note)) WHERE note <> 'items.note';
