-- drop_primary_key_column: up, sqlite

-- rebuild entries: make the new table
--   - column entries.id
--   ~ primary key entries: (id) → (code)
-- ! loses data: drops column `entries.id` with its values
-- ! breaks code that runs against the old schema: code that uses `entries.id` fails
-- ! may fail on existing data: `entries` may have rows with equal `code`
-- ! rewrites the table: copies all rows of `entries`; nobody else can write meanwhile
CREATE TABLE "_okra_new_entries" (
  "code" text NOT NULL PRIMARY KEY
);

-- rebuild entries: copy its rows
INSERT INTO "_okra_new_entries" (rowid, "code")
  SELECT "entries".rowid, "entries"."code" FROM "entries";

-- rebuild entries: drop the old table
DROP TABLE "entries";

-- rebuild entries: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild entries: put the new table in its place
ALTER TABLE "_okra_new_entries" RENAME TO "entries";

-- rebuild entries: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
