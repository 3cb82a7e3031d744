-- make_optional_columns_required_on_the_way_back: up, sqlite

-- drop index users_email_key of users
DROP INDEX "users_email_key";

-- rebuild users: make the new table
--   - foreign key users (chief_id) → users (id), on delete set null, on update cascade
--   - check users (level BETWEEN 1 AND 9)
--   - check users (mood IN ('BAD', 'GOOD'))
--   - unique index users_email_key on users
--   - column users.email
--   - column users.born
--   - column users.tags
--   - column users.settings
--   - column users.level
--   - column users.mood
--   - column users.chief_id
-- ! loses data: drops column `users.email` with its values
-- ! breaks code that runs against the old schema: code that uses `users.email` fails
-- ! loses data: drops column `users.born` with its values
-- ! breaks code that runs against the old schema: code that uses `users.born` fails
-- ! loses data: drops column `users.tags` with its values
-- ! breaks code that runs against the old schema: code that uses `users.tags` fails
-- ! loses data: drops column `users.settings` with its values
-- ! breaks code that runs against the old schema: code that uses `users.settings` fails
-- ! loses data: drops column `users.level` with its values
-- ! breaks code that runs against the old schema: code that uses `users.level` fails
-- ! loses data: drops column `users.mood` with its values
-- ! breaks code that runs against the old schema: code that uses `users.mood` fails
-- ! loses data: drops column `users.chief_id` with its values
-- ! breaks code that runs against the old schema: code that uses `users.chief_id` fails
-- ! rewrites the table: copies all rows of `users`; nobody else can write meanwhile
CREATE TABLE "_okra_new_users" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))
);

-- rebuild users: copy its rows
INSERT INTO "_okra_new_users" (rowid, "id")
  SELECT "users".rowid, "users"."id" FROM "users";

-- rebuild users: drop the old table
DROP TABLE "users";

-- rebuild users: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild users: put the new table in its place
ALTER TABLE "_okra_new_users" RENAME TO "users";

-- rebuild users: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
