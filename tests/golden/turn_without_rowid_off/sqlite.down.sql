-- turn_without_rowid_off: down, sqlite

-- rebuild pairs: make the new table
--   ~ table pairs: no options → without_rowid
-- ! rewrites the table: copies all rows of `pairs`; nobody else can write meanwhile
CREATE TABLE "_okra_new_pairs" (
  "id" integer NOT NULL PRIMARY KEY,
  "note" text
) WITHOUT ROWID;

-- rebuild pairs: copy its rows
INSERT INTO "_okra_new_pairs" ("id", "note")
  SELECT "pairs"."id", "pairs"."note" FROM "pairs";

-- rebuild pairs: drop the old table
DROP TABLE "pairs";

-- rebuild pairs: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild pairs: put the new table in its place
ALTER TABLE "_okra_new_pairs" RENAME TO "pairs";

-- rebuild pairs: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
