-- add_and_drop_defaults: up, sqlite

-- rebuild users: make the new table
--   ~ column users.role: default none → 'user'
--   ~ column users.kind: default 'a' → none
-- ! breaks code that runs against the old schema: code that inserts into `users` without `kind` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "role" text NOT NULL DEFAULT 'user',
  "kind" text NOT NULL
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "role", "kind")
  SELECT "users"."id", "users"."role", "users"."kind" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
