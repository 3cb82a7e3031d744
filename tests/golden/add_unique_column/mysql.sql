-- add_unique_column: up, mysql

-- + column users.email: varchar(255) null
ALTER TABLE `users` ADD COLUMN `email` varchar(255) NULL, ALGORITHM=INSTANT;

-- + unique index users_email_key on users (email)
ALTER TABLE `users` ADD UNIQUE INDEX `users_email_key` (`email`), ALGORITHM=INPLACE, LOCK=NONE;
