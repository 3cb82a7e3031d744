-- add_nullable_column: down, sqlite

-- drop column users.nickname
-- ! loses data: drops column `users.nickname` with its values
-- ! breaks code that runs against the old schema: code that uses `users.nickname` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "nickname";
