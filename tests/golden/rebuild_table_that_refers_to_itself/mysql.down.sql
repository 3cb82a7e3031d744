-- rebuild_table_that_refers_to_itself: down, mysql

-- give rows without folders.name a value
-- ! changes data: NULLs in `folders.name` become ''
UPDATE `folders` SET `name` = '' WHERE `name` IS NULL;

-- ~ column folders.name: null → not null
-- ! changes data: NULLs in `folders.name` become ''
-- ! rewrites the table: writes all rows of `folders` anew, while others read and write
ALTER TABLE `folders` MODIFY COLUMN `name` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
