-- rebuild_table_that_refers_to_itself: down, mysql

-- give rows without folders.name a value
-- ! changes data: NULLs in `folders.name` become ''
-- ! blocks writes or reads: writes to rows of `folders` wait while those get their values
UPDATE `folders` SET `name` = '' WHERE `name` IS NULL;

-- ~ column folders.name: null → not null
-- ! rewrites the table: writes all rows of `folders` anew, while others read and write
ALTER TABLE `folders` MODIFY COLUMN `name` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
