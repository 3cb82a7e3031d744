-- keep_rowids_and_without_rowid_and_strict: up, sqlite

-- rebuild facts: make the new table
--   ~ column facts.text: not null → null
-- ! rewrites the table: copies all rows of `facts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_facts" (
  "text" text
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

-- rebuild pairs: make the new table
--   ~ column pairs.note: null → not null
-- ! changes data: NULLs in `pairs.note` become 'none'
-- ! rewrites the table: copies all rows of `pairs`; nobody else can write meanwhile
CREATE TABLE "_okra_new_pairs" (
  "a" integer NOT NULL,
  "b" integer NOT NULL,
  "note" text NOT NULL,
  PRIMARY KEY ("b", "a")
) STRICT, WITHOUT ROWID;

-- rebuild pairs: copy its rows
INSERT INTO "_okra_new_pairs" ("a", "b", "note")
  SELECT "pairs"."a", "pairs"."b", coalesce("pairs"."note", 'none') FROM "pairs";

-- rebuild pairs: drop the old table
DROP TABLE "pairs";

-- rebuild pairs: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild pairs: put the new table in its place
ALTER TABLE "_okra_new_pairs" RENAME TO "pairs";

-- rebuild pairs: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
