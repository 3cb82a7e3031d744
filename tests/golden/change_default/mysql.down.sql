-- change_default: down, mysql

-- ~ column users.role: default 'guest' → 'user'
ALTER TABLE `users` MODIFY COLUMN `role` varchar(255) NOT NULL DEFAULT 'user', ALGORITHM=INSTANT;
