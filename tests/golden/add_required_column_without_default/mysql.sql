-- add_required_column_without_default: up, mysql

-- + column users.first_name: varchar(255) not null
-- ! breaks code that runs against the old schema: code that inserts into `users` without `first_name` fails
ALTER TABLE `users` ADD COLUMN `first_name` varchar(255) NULL, ALGORITHM=INSTANT;

-- ~ column users.first_name: null → not null
-- ! may fail on existing data: `users.first_name` is required and has no default: fails if there are rows
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `first_name` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
