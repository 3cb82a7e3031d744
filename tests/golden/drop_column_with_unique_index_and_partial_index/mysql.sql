-- drop_column_with_unique_index_and_partial_index: up, mysql

-- - index active_by_email on users
ALTER TABLE `users` DROP INDEX `active_by_email`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column users.deleted
-- ! loses data: drops column `users.deleted` with its values
-- ! breaks code that runs against the old schema: code that uses `users.deleted` fails
ALTER TABLE `users` DROP COLUMN `deleted`, ALGORITHM=INSTANT;
