-- add_required_column_with_one_off_default: up, mysql

-- + column users.name: varchar(255) not null, rows get substr(email, 1, instr(email, '@') - 1)
-- ! breaks code that runs against the old schema: code that inserts into `users` without `name` fails
ALTER TABLE `users` ADD COLUMN `name` varchar(255) NULL, ALGORITHM=INSTANT;

-- give the rows of users their name
-- ! may fail on existing data: `users.name` may not be able to hold what `substr(email, 1, instr(email, '@') - 1)` gives for some row
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `name` = substr(email, 1, instr(email, '@') - 1);

-- ~ column users.name: null → not null
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `name` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
