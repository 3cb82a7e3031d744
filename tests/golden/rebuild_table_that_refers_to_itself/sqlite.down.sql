-- rebuild_table_that_refers_to_itself: down, sqlite

-- rebuild folders: make the new table
--   ~ column folders.name: null → not null
-- ! changes data: NULLs in `folders.name` become ''
-- ! rewrites the table: copies all rows of `folders`; nobody else can write meanwhile
CREATE TABLE "_okra_new_folders" (
  "id" integer NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "parent_id" integer,
  FOREIGN KEY ("parent_id") REFERENCES "folders" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild folders: copy its rows
INSERT INTO "_okra_new_folders" ("id", "name", "parent_id")
  SELECT "folders"."id", coalesce("folders"."name", ''), "folders"."parent_id" FROM "folders";

-- rebuild folders: drop the old table
DROP TABLE "folders";

-- rebuild folders: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild folders: put the new table in its place
ALTER TABLE "_okra_new_folders" RENAME TO "folders";

-- rebuild folders: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
