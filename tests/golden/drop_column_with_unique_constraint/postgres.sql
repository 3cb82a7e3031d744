-- drop_column_with_unique_constraint: up, postgres

-- drop constraints of users
ALTER TABLE "users" DROP CONSTRAINT "users_email_key";

-- alter table users
--   - column users.email
-- ! loses data: drops column `users.email` with its values
-- ! breaks code that runs against the old schema: code that uses `users.email` fails
ALTER TABLE "users" DROP COLUMN "email";
