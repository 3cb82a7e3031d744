-- add_required_column_with_constant_default: down, mysql

-- change table users: 3 changes
--   - column users.role
--   - column users.score
--   - column users.active
-- ! loses data: drops column `users.role` with its values
-- ! breaks code that runs against the old schema: code that uses `users.role` fails
-- ! loses data: drops column `users.score` with its values
-- ! breaks code that runs against the old schema: code that uses `users.score` fails
-- ! loses data: drops column `users.active` with its values
-- ! breaks code that runs against the old schema: code that uses `users.active` fails
ALTER TABLE `users`
  DROP COLUMN `role`,
  DROP COLUMN `score`,
  DROP COLUMN `active`,
  ALGORITHM=INSTANT;
