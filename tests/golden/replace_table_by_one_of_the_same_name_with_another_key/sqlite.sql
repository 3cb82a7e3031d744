-- replace_table_by_one_of_the_same_name_with_another_key: up, sqlite

-- rebuild sessions: make the new table
--   ~ column sessions.id: text → integer, default lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(ran… → none, autoincrement no → yes
-- ! may fail on existing data: `sessions.id` may hold values that are no whole numbers
-- ! changes data: text in `sessions.id` that looks like a number becomes one: '007' becomes 7
-- ! may fail on existing data: values of `sessions.id` that were different may be equal now
-- ! rewrites the table: copies all rows of `sessions`; nobody else can write meanwhile
CREATE TABLE "_okra_new_sessions" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "data" text
);

-- rebuild sessions: copy its rows
INSERT INTO "_okra_new_sessions" ("id", "data")
  SELECT "sessions"."id", "sessions"."data" FROM "sessions";

-- rebuild sessions: drop the old table
DROP TABLE "sessions";

-- rebuild sessions: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild sessions: put the new table in its place
ALTER TABLE "_okra_new_sessions" RENAME TO "sessions";

-- rebuild sessions: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
