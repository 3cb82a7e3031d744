-- rename_hint_that_was_followed_does_nothing: down, sqlite

-- drop column users.username
-- ! loses data: drops column `users.username` with its values
-- ! breaks code that runs against the old schema: code that uses `users.username` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "username";
