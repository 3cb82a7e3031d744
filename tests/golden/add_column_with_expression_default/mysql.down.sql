-- add_column_with_expression_default: down, mysql

-- change table users: 2 changes
--   - column users.token
--   - column users.day
-- ! loses data: drops column `users.token` with its values
-- ! breaks code that runs against the old schema: code that uses `users.token` fails
-- ! loses data: drops column `users.day` with its values
-- ! breaks code that runs against the old schema: code that uses `users.day` fails
ALTER TABLE `users`
  DROP COLUMN `token`,
  DROP COLUMN `day`,
  ALGORITHM=INSTANT;
