-- change_default: up, mysql

-- ~ column users.role: default 'user' → 'guest'
ALTER TABLE `users` MODIFY COLUMN `role` varchar(255) NOT NULL DEFAULT 'guest', ALGORITHM=INSTANT;
