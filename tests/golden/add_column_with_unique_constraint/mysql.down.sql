-- add_column_with_unique_constraint: down, mysql

-- - unique index users_email_key on users
ALTER TABLE `users` DROP INDEX `users_email_key`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column users.email
-- ! loses data: drops column `users.email` with its values
-- ! breaks code that runs against the old schema: code that uses `users.email` fails
ALTER TABLE `users` DROP COLUMN `email`, ALGORITHM=INSTANT;
