-- add_column_with_check: down, mysql

-- change table users: 4 changes
--   - check users users_age_check (age >= 0)
--   - check users level_is_positive (level > 0)
--   - column users.age
--   - column users.level
-- ! loses data: drops column `users.age` with its values
-- ! breaks code that runs against the old schema: code that uses `users.age` fails
-- ! loses data: drops column `users.level` with its values
-- ! breaks code that runs against the old schema: code that uses `users.level` fails
ALTER TABLE `users`
  DROP CONSTRAINT `users_age_check`,
  DROP CONSTRAINT `level_is_positive`,
  DROP COLUMN `age`,
  DROP COLUMN `level`,
  ALGORITHM=INSTANT;
