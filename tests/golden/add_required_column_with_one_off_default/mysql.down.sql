-- add_required_column_with_one_off_default: down, mysql

-- - column users.name
-- ! loses data: drops column `users.name` with its values
-- ! breaks code that runs against the old schema: code that uses `users.name` fails
ALTER TABLE `users` DROP COLUMN `name`, ALGORITHM=INSTANT;
