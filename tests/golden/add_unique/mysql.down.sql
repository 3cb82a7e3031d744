-- add_unique: down, mysql

-- change table users: 2 changes
--   - unique index users_email_key on users
--   - unique index users_team_id_key on users
ALTER TABLE `users`
  DROP INDEX `users_email_key`,
  DROP INDEX `users_team_id_key`,
  ALGORITHM=INPLACE, LOCK=NONE;
