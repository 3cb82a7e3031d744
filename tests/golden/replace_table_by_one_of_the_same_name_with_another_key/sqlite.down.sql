-- replace_table_by_one_of_the_same_name_with_another_key: down, sqlite
-- what the migration took from rows does not come back:
--   text in `sessions.id` that looks like a number becomes one: '007' becomes 7

-- rebuild sessions: make the new table
--   ~ column sessions.id: integer → text, default none → lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(ran…, autoincrement yes → no
-- ! rewrites the table: copies all rows of `sessions`; nobody else can write meanwhile
CREATE TABLE "_okra_new_sessions" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "data" text
);

-- rebuild sessions: copy its rows
INSERT INTO "_okra_new_sessions" (rowid, "id", "data")
  SELECT "sessions".rowid, "sessions"."id", "sessions"."data" FROM "sessions";

-- rebuild sessions: drop the old table
DROP TABLE "sessions";

-- rebuild sessions: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild sessions: put the new table in its place
ALTER TABLE "_okra_new_sessions" RENAME TO "sessions";

-- rebuild sessions: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
