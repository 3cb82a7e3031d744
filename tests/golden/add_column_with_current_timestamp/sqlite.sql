-- add_column_with_current_timestamp: up, sqlite

-- rebuild users: make the new table
--   + column users.seen: text not null default CURRENT_TIMESTAMP
--   + column users.created_at: text not null default strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "seen" text NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id")
  SELECT "users"."id" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
