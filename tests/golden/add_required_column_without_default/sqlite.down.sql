-- add_required_column_without_default: down, sqlite

-- drop column users.first_name
-- ! loses data: drops column `users.first_name` with its values
-- ! breaks code that runs against the old schema: code that uses `users.first_name` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "first_name";
