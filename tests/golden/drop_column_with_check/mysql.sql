-- drop_column_with_check: up, mysql

-- change table users: 2 changes
--   - check users users_age_check (age >= 0)
--   - column users.age
-- ! loses data: drops column `users.age` with its values
-- ! breaks code that runs against the old schema: code that uses `users.age` fails
ALTER TABLE `users`
  DROP CONSTRAINT `users_age_check`,
  DROP COLUMN `age`,
  ALGORITHM=INSTANT;
