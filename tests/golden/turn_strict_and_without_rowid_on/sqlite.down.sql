-- turn_strict_and_without_rowid_on: down, sqlite

-- rebuild settings: make the new table
--   ~ table settings: strict, without_rowid → no options
-- ! rewrites the table: copies all rows of `settings`; nobody else can write meanwhile
CREATE TABLE "_okra_new_settings" (
  "key" text NOT NULL PRIMARY KEY,
  "value" text NOT NULL,
  "size" integer
);

-- rebuild settings: copy its rows
INSERT INTO "_okra_new_settings" ("key", "value", "size")
  SELECT "settings"."key", "settings"."value", "settings"."size" FROM "settings";

-- rebuild settings: drop the old table
DROP TABLE "settings";

-- rebuild settings: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild settings: put the new table in its place
ALTER TABLE "_okra_new_settings" RENAME TO "settings";

-- rebuild settings: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
