-- change_declared_type_only: up, mysql

-- ~ column users.name: varchar(20) → varchar(80)
ALTER TABLE `users` MODIFY COLUMN `name` varchar(80) NOT NULL, ALGORITHM=INSTANT;
