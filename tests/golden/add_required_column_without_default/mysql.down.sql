-- add_required_column_without_default: down, mysql

-- - column users.first_name
-- ! loses data: drops column `users.first_name` with its values
-- ! breaks code that runs against the old schema: code that uses `users.first_name` fails
ALTER TABLE `users` DROP COLUMN `first_name`, ALGORITHM=INSTANT;
