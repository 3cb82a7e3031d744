-- drop_column_with_unique_constraint: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `users.email` with its values

-- rebuild users: make the new table
--   + column users.email: text not null, rows get lower(hex(randomblob(16)))
--   + unique constraint users_email_key on users (email)
-- ! breaks code that runs against the old schema: code that inserts into `users` without `email` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "email" text NOT NULL,
  UNIQUE ("email")
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "name", "email")
  SELECT "users"."id", "users"."name", lower(hex(randomblob(16))) FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
