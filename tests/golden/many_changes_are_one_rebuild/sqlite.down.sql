-- many_changes_are_one_rebuild: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `users.old` with its values
--   NULLs in `users.name` become 'none'

-- drop index users_email_key of users
DROP INDEX "users_email_key";

-- rebuild users: make the new table
--   - check users (score >= 0)
--   - unique index users_email_key on users
--   - column users.score
--   ~ column users.name: not null → null, default 'none' → none
--   + column users.old: text null
--   + check users (age > 0)
--   + index users_email_idx on users (email)
-- ! loses data: drops column `users.score` with its values
-- ! breaks code that runs against the old schema: code that uses `users.score` fails
-- ! may fail on existing data: rows of `users` may not satisfy `age > 0`
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "name" text,
  "age" integer,
  "email" text NOT NULL,
  "old" text,
  CHECK (age > 0)
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "name", "age", "email")
  SELECT "users"."id", "users"."name", "users"."age", "users"."email" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index users by email
CREATE INDEX "users_email_idx" ON "users" ("email");
