-- make_a_column_the_key: down, sqlite
-- what the migration took from rows does not come back:
--   rows without `facts.number` get the next number

-- rebuild facts: make the new table
--   ~ primary key facts: (number) → none
--   ~ column facts.number: not null → null
-- ! rewrites the table: copies all rows of `facts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_facts" (
  "number" integer,
  "text" text NOT NULL
);

-- rebuild facts: copy its rows
INSERT INTO "_okra_new_facts" (rowid, "number", "text")
  SELECT "facts".rowid, "facts"."number", "facts"."text" FROM "facts";

-- rebuild facts: drop the old table
DROP TABLE "facts";

-- rebuild facts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild facts: put the new table in its place
ALTER TABLE "_okra_new_facts" RENAME TO "facts";

-- rebuild facts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
