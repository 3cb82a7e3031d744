-- add_unique_constraint: up, sqlite

-- rebuild users: make the new table
--   + unique constraint users_email_key on users (email)
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email_key`
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text NOT NULL,
  "name" text NOT NULL,
  UNIQUE ("email")
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "email", "name")
  SELECT "users"."id", "users"."email", "users"."name" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index users by name
CREATE INDEX "users_name_idx" ON "users" ("name");
