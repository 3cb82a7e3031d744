-- index_takes_the_name_that_another_table_frees: up, sqlite

-- drop index by_mark of notes
DROP INDEX "by_mark";

-- drop table logs
-- ! loses data: drops table `logs` with all its rows
-- ! breaks code that runs against the old schema: code that uses `logs` fails
DROP TABLE "logs";

-- rebuild notes: make the new table
--   - index by_mark on notes
--   ~ column notes.mark: not null → null
--   + index by_text on notes (text)
-- ! rewrites the table: copies all rows of `notes`; nobody else can write meanwhile
CREATE TABLE "_okra_new_notes" (
  "id" integer NOT NULL PRIMARY KEY,
  "text" text NOT NULL,
  "mark" text
);

-- rebuild notes: copy its rows
INSERT INTO "_okra_new_notes" ("id", "text", "mark")
  SELECT "notes"."id", "notes"."text", "notes"."mark" FROM "notes";

-- rebuild notes: drop the old table
DROP TABLE "notes";

-- rebuild notes: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild notes: put the new table in its place
ALTER TABLE "_okra_new_notes" RENAME TO "notes";

-- rebuild notes: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index notes by text
CREATE INDEX "by_text" ON "notes" ("text");

-- index pages by mark
CREATE INDEX "by_mark" ON "pages" ("mark");
