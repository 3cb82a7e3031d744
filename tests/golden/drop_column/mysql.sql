-- drop_column: up, mysql

-- - index users_notes_idx on users
ALTER TABLE `users` DROP INDEX `users_notes_idx`, ALGORITHM=INPLACE, LOCK=NONE;

-- change table users: 2 changes
--   - column users.legacy
--   - column users.notes
-- ! loses data: drops column `users.legacy` with its values
-- ! breaks code that runs against the old schema: code that uses `users.legacy` fails
-- ! loses data: drops column `users.notes` with its values
-- ! breaks code that runs against the old schema: code that uses `users.notes` fails
ALTER TABLE `users`
  DROP COLUMN `legacy`,
  DROP COLUMN `notes`,
  ALGORITHM=INSTANT;
