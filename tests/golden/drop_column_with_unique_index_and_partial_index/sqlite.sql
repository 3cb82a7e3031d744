-- drop_column_with_unique_index_and_partial_index: up, sqlite

-- drop index active_by_email of users
DROP INDEX "active_by_email";

-- drop column users.deleted
-- ! loses data: drops column `users.deleted` with its values
-- ! breaks code that runs against the old schema: code that uses `users.deleted` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "deleted";
