-- make_index_unique: down, mysql

-- change table users: 2 changes
--   - unique index users_email on users
--   + index users_email on users (email)
ALTER TABLE `users`
  DROP INDEX `users_email`,
  ADD INDEX `users_email` (`email`),
  ALGORITHM=INPLACE, LOCK=NONE;
