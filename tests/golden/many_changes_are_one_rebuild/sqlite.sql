-- many_changes_are_one_rebuild: up, sqlite

-- drop index users_email_idx of users
DROP INDEX "users_email_idx";

-- rebuild users: make the new table
--   - check users (age > 0)
--   - index users_email_idx on users
--   - column users.old
--   ~ column users.name: null → not null, default none → 'none'
--   + column users.score: integer not null default 0
--   + check users (score >= 0)
--   + unique index users_email_key on users (email)
-- ! loses data: drops column `users.old` with its values
-- ! breaks code that runs against the old schema: code that uses `users.old` fails
-- ! changes data: NULLs in `users.name` become 'none'
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email_key`
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" integer NOT NULL PRIMARY KEY,
  "name" text NOT NULL DEFAULT 'none',
  "age" integer,
  "email" text NOT NULL,
  "score" integer NOT NULL DEFAULT 0,
  CHECK (score >= 0)
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" ("id", "name", "age", "email")
  SELECT "users"."id", coalesce("users"."name", 'none'), "users"."age", "users"."email" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index users by email
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
