-- make_column_optional: down, mysql

-- give rows without users.email a value
-- ! changes data: NULLs in `users.email` become ''
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `email` = '' WHERE `email` IS NULL;

-- ~ column users.email: null → not null
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
