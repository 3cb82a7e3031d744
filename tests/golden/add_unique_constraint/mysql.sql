-- add_unique_constraint: up, mysql

-- + unique index users_email_key on users (email)
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email_key`
ALTER TABLE `users` ADD UNIQUE INDEX `users_email_key` (`email`), ALGORITHM=INPLACE, LOCK=NONE;
