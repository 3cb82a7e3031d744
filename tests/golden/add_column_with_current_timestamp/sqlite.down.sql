-- add_column_with_current_timestamp: down, sqlite

-- drop column users.seen
-- ! loses data: drops column `users.seen` with its values
-- ! breaks code that runs against the old schema: code that uses `users.seen` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "seen";

-- drop column users.created_at
-- ! loses data: drops column `users.created_at` with its values
-- ! breaks code that runs against the old schema: code that uses `users.created_at` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "created_at";
