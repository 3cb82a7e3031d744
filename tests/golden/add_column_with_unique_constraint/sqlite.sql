-- add_column_with_unique_constraint: up, sqlite

-- rebuild users: make the new table
--   + column users.email: text null
--   + unique constraint users_email_key on users (email)
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "email" text,
  UNIQUE ("email")
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
