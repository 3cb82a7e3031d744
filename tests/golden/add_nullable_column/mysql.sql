-- add_nullable_column: up, mysql

-- + column users.nickname: varchar(255) null
ALTER TABLE `users` ADD COLUMN `nickname` varchar(255) NULL, ALGORITHM=INSTANT;
