-- add_column_whose_default_its_check_refuses: down, postgres

-- drop constraints of users
ALTER TABLE "users" DROP CONSTRAINT "users_level_check";

-- alter table users
--   - column users.level
-- ! loses data: drops column `users.level` with its values
-- ! breaks code that runs against the old schema: code that uses `users.level` fails
ALTER TABLE "users" DROP COLUMN "level";
