-- turn_strict_and_without_rowid_on: up, sqlite

-- rebuild settings: make the new table
--   ~ table settings: no options → strict, without_rowid
-- ! may fail on existing data: `settings` may hold values that a strict table refuses
-- ! rewrites the table: copies all rows of `settings`; nobody else can write meanwhile
CREATE TABLE "_okra_new_settings" (
  "key" text NOT NULL PRIMARY KEY,
  "value" text NOT NULL,
  "size" integer
) STRICT, WITHOUT ROWID;

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
