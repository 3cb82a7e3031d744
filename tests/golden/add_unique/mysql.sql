-- add_unique: up, mysql

-- change table users: 2 changes
--   + unique index users_email_key on users (email)
--   + unique index users_team_id_key on users (team, id)
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email_key`
ALTER TABLE `users`
  ADD UNIQUE INDEX `users_email_key` (`email`),
  ADD UNIQUE INDEX `users_team_id_key` (`team`, `id`),
  ALGORITHM=INPLACE, LOCK=NONE;
