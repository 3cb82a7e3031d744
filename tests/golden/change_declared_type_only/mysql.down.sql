-- change_declared_type_only: down, mysql

-- ~ column users.name: varchar(80) → varchar(20)
-- ! may fail on existing data: `users.name` may hold values that are too long
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users` MODIFY COLUMN `name` varchar(20) NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
