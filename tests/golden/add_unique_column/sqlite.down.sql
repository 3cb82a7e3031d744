-- add_unique_column: down, sqlite

-- drop index users_email_key of users
DROP INDEX "users_email_key";

-- drop column users.email
-- ! loses data: drops column `users.email` with its values
-- ! breaks code that runs against the old schema: code that uses `users.email` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "email";
