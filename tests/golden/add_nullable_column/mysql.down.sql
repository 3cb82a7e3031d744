-- add_nullable_column: down, mysql

-- - column users.nickname
-- ! loses data: drops column `users.nickname` with its values
-- ! breaks code that runs against the old schema: code that uses `users.nickname` fails
ALTER TABLE `users` DROP COLUMN `nickname`, ALGORITHM=INSTANT;
