-- drop_primary_key_column: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `entries.id` with its values

-- rebuild entries: make the new table
--   ~ primary key entries: (code) → (id)
--   + column entries.id: integer not null
-- ! rewrites the table: copies all rows of `entries`; nobody else can write meanwhile
CREATE TABLE "_okra_new_entries" (
  "id" integer NOT NULL PRIMARY KEY,
  "code" text NOT NULL
);

-- rebuild entries: copy its rows
INSERT INTO "_okra_new_entries" ("id", "code")
  SELECT "entries".rowid, "entries"."code" FROM "entries";

-- rebuild entries: drop the old table
DROP TABLE "entries";

-- rebuild entries: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild entries: put the new table in its place
ALTER TABLE "_okra_new_entries" RENAME TO "entries";

-- rebuild entries: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
