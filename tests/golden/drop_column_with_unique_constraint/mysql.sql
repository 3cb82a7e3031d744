-- drop_column_with_unique_constraint: up, mysql

-- change table users: 2 changes
--   - unique index users_email_key on users
--   - column users.email
-- ! loses data: drops column `users.email` with its values
-- ! breaks code that runs against the old schema: code that uses `users.email` fails
ALTER TABLE `users`
  DROP INDEX `users_email_key`,
  DROP COLUMN `email`,
  ALGORITHM=INPLACE, LOCK=NONE;
