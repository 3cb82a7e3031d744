-- add_column_with_expression_default: down, sqlite

-- drop column users.token
-- ! loses data: drops column `users.token` with its values
-- ! breaks code that runs against the old schema: code that uses `users.token` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "token";

-- drop column users.day
-- ! loses data: drops column `users.day` with its values
-- ! breaks code that runs against the old schema: code that uses `users.day` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "day";
