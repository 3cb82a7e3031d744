-- rename_hint_that_was_followed_does_nothing: down, mysql

-- - column users.username
-- ! loses data: drops column `users.username` with its values
-- ! breaks code that runs against the old schema: code that uses `users.username` fails
ALTER TABLE `users` DROP COLUMN `username`, ALGORITHM=INSTANT;
