-- make_optional_columns_required_on_the_way_back: up, mysql

-- drop foreign key users_chief_id_fkey of users
ALTER TABLE `users` DROP FOREIGN KEY `users_chief_id_fkey`, ALGORITHM=INSTANT;

-- change table users: 3 changes
--   - check users users_level_check (level BETWEEN 1 AND 9)
--   - unique index users_email_key on users
--   - index users_chief_id_fkey on users
ALTER TABLE `users`
  DROP CONSTRAINT `users_level_check`,
  DROP INDEX `users_email_key`,
  DROP INDEX `users_chief_id_fkey`,
  ALGORITHM=INPLACE, LOCK=NONE;

-- change table users: 7 changes
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
ALTER TABLE `users`
  DROP COLUMN `email`,
  DROP COLUMN `born`,
  DROP COLUMN `tags`,
  DROP COLUMN `settings`,
  DROP COLUMN `level`,
  DROP COLUMN `mood`,
  DROP COLUMN `chief_id`,
  ALGORITHM=INSTANT;
