-- leave_table_alone: down, mysql
-- what the migration took from rows does not come back:
--   drops column `users.name` with its values

-- + column users.name: varchar(255) not null, rows get ''
-- ! breaks code that runs against the old schema: code that inserts into `users` without `name` fails
ALTER TABLE `users` ADD COLUMN `name` varchar(255) NOT NULL DEFAULT '', ALGORITHM=INSTANT;

-- ~ column users.name: default '' → none
ALTER TABLE `users` MODIFY COLUMN `name` varchar(255) NOT NULL, ALGORITHM=INSTANT;
