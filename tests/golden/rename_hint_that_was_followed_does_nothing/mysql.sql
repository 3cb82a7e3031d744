-- rename_hint_that_was_followed_does_nothing: up, mysql

-- + column users.username: varchar(255) null
ALTER TABLE `users` ADD COLUMN `username` varchar(255) NULL, ALGORITHM=INSTANT;
