-- add_column_with_expression_default: up, sqlite

-- rebuild users: make the new table
--   + column users.token: text not null default 't' || 1
--   + column users.day: text null default 1 + 1
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text NOT NULL,
  "token" text NOT NULL DEFAULT ('t' || 1),
  "day" text DEFAULT (1 + 1)
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "email")
  SELECT "users"."id", "users"."email" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
