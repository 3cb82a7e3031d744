-- keep_the_autoincrement_counter: down, mysql

-- ~ column tickets.title: not null → null
-- ! rewrites the table: writes all rows of `tickets` anew, while others read and write
ALTER TABLE `tickets` MODIFY COLUMN `title` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
