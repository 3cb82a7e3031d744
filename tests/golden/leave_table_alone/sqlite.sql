-- leave_table_alone: up, sqlite

-- drop column users.name
-- ! loses data: drops column `users.name` with its values
-- ! breaks code that runs against the old schema: code that uses `users.name` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "name";
