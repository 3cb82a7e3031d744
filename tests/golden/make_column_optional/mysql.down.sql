-- make_column_optional: down, mysql

-- give rows without users.email a value
-- ! changes data: NULLs in `users.email` become ''
UPDATE `users` SET `email` = '' WHERE `email` IS NULL;

-- ~ column users.email: null → not null
-- ! changes data: NULLs in `users.email` become ''
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
