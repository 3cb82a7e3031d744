-- add_and_drop_defaults: down, sqlite

-- rebuild users: make the new table
--   ~ column users.role: default 'user' → none
--   ~ column users.kind: default none → 'a'
-- ! breaks code that runs against the old schema: code that inserts into `users` without `role` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "role" text NOT NULL,
  "kind" text NOT NULL DEFAULT 'a'
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
