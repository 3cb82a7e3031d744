-- drop_column_with_check: up, postgres

-- drop constraints of users
ALTER TABLE "users" DROP CONSTRAINT "users_age_check";

-- alter table users
--   - column users.age
-- ! loses data: drops column `users.age` with its values
-- ! breaks code that runs against the old schema: code that uses `users.age` fails
ALTER TABLE "users" DROP COLUMN "age";
