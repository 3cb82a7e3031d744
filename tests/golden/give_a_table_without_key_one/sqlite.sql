-- give_a_table_without_key_one: up, sqlite

-- rebuild facts: make the new table
--   ~ primary key facts: none → (id)
--   + column facts.id: integer not null autoincrement
-- ! rewrites the table: copies all rows of `facts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_facts" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "text" text NOT NULL
);

-- rebuild facts: copy its rows
INSERT INTO "_okra_new_facts" ("id", "text")
  SELECT "facts".rowid, "facts"."text" FROM "facts";

-- rebuild facts: drop the old table
DROP TABLE "facts";

-- rebuild facts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild facts: put the new table in its place
ALTER TABLE "_okra_new_facts" RENAME TO "facts";

-- rebuild facts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
