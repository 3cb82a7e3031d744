-- index_takes_the_name_that_another_table_frees: down, sqlite
-- what the migration took from rows does not come back:
--   drops table `logs` with all its rows

-- drop index by_text of notes
DROP INDEX "by_text";

-- drop index by_mark of pages
DROP INDEX "by_mark";

-- create table logs
CREATE TABLE "logs" (
  "id" integer NOT NULL PRIMARY KEY,
  "text" text NOT NULL
);

-- index logs by text
CREATE INDEX "by_text" ON "logs" ("text");

-- rebuild notes: make the new table
--   - index by_text on notes
--   ~ column notes.mark: null → not null
--   + index by_mark on notes (mark)
-- ! changes data: NULLs in `notes.mark` become ''
-- ! rewrites the table: copies all rows of `notes`; nobody else can write meanwhile
CREATE TABLE "_okra_new_notes" (
  "id" integer NOT NULL PRIMARY KEY,
  "text" text NOT NULL,
  "mark" text NOT NULL
);

-- rebuild notes: copy its rows
INSERT INTO "_okra_new_notes" ("id", "text", "mark")
  SELECT "notes"."id", "notes"."text", coalesce("notes"."mark", '') FROM "notes";

-- rebuild notes: drop the old table
DROP TABLE "notes";

-- rebuild notes: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild notes: put the new table in its place
ALTER TABLE "_okra_new_notes" RENAME TO "notes";

-- rebuild notes: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index notes by mark
CREATE INDEX "by_mark" ON "notes" ("mark");
