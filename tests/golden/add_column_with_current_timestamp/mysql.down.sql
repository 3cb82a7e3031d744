-- add_column_with_current_timestamp: down, mysql

-- change table users: 2 changes
--   - column users.seen
--   - column users.created_at
-- ! loses data: drops column `users.seen` with its values
-- ! breaks code that runs against the old schema: code that uses `users.seen` fails
-- ! loses data: drops column `users.created_at` with its values
-- ! breaks code that runs against the old schema: code that uses `users.created_at` fails
ALTER TABLE `users`
  DROP COLUMN `seen`,
  DROP COLUMN `created_at`,
  ALGORITHM=INSTANT;
