-- add_column_with_unique_constraint: down, sqlite

-- rebuild users: make the new table
--   - unique constraint users_email_key on users
--   - column users.email
-- ! loses data: drops column `users.email` with its values
-- ! breaks code that runs against the old schema: code that uses `users.email` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY
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
