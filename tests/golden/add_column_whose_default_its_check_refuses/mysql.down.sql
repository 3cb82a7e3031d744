-- add_column_whose_default_its_check_refuses: down, mysql

-- change table users: 2 changes
--   - check users users_level_check (level > 0)
--   - column users.level
-- ! loses data: drops column `users.level` with its values
-- ! breaks code that runs against the old schema: code that uses `users.level` fails
ALTER TABLE `users`
  DROP CONSTRAINT `users_level_check`,
  DROP COLUMN `level`,
  ALGORITHM=INSTANT;
