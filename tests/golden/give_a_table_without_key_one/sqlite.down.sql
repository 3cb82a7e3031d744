-- give_a_table_without_key_one: down, sqlite

-- rebuild facts: make the new table
--   - column facts.id
--   ~ primary key facts: (id) → none
-- ! loses data: drops column `facts.id` with its values
-- ! breaks code that runs against the old schema: code that uses `facts.id` fails
-- ! rewrites the table: copies all rows of `facts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_facts" (
  "text" text NOT NULL
);

-- rebuild facts: copy its rows
INSERT INTO "_okra_new_facts" (rowid, "text")
  SELECT "facts".rowid, "facts"."text" FROM "facts";

-- rebuild facts: drop the old table
DROP TABLE "facts";

-- rebuild facts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild facts: put the new table in its place
ALTER TABLE "_okra_new_facts" RENAME TO "facts";

-- rebuild facts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
