-- make_a_column_the_key: up, sqlite

-- rebuild facts: make the new table
--   ~ primary key facts: none → (number)
--   ~ column facts.number: null → not null
-- ! may fail on existing data: `facts` may have rows with equal `number`
-- ! may fail on existing data: `facts.number` may hold values that are no whole numbers
-- ! changes data: rows without `facts.number` get the next number
-- ! rewrites the table: copies all rows of `facts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_facts" (
  "number" integer NOT NULL PRIMARY KEY,
  "text" text NOT NULL
);

-- rebuild facts: copy its rows
INSERT INTO "_okra_new_facts" ("number", "text")
  SELECT "facts"."number", "facts"."text" FROM "facts";

-- rebuild facts: drop the old table
DROP TABLE "facts";

-- rebuild facts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild facts: put the new table in its place
ALTER TABLE "_okra_new_facts" RENAME TO "facts";

-- rebuild facts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
