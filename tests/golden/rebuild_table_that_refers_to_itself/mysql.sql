-- rebuild_table_that_refers_to_itself: up, mysql

-- ~ column folders.name: not null → null
-- ! rewrites the table: writes all rows of `folders` anew, while others read and write
ALTER TABLE `folders` MODIFY COLUMN `name` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
