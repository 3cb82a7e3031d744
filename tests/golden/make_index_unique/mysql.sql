-- make_index_unique: up, mysql

-- change table users: 2 changes
--   - index users_email on users
--   + unique index users_email on users (email)
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email`
ALTER TABLE `users`
  DROP INDEX `users_email`,
  ADD UNIQUE INDEX `users_email` (`email`),
  ALGORITHM=INPLACE, LOCK=NONE;
