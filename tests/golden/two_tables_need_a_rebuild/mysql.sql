-- two_tables_need_a_rebuild: up, mysql

-- give rows without users.email a value
-- ! changes data: NULLs in `users.email` become ''
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `email` = '' WHERE `email` IS NULL;

-- ~ column users.email: null → not null, default none → ''
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NOT NULL DEFAULT '', ALGORITHM=INPLACE, LOCK=NONE;

-- give rows without posts.title a value
-- ! changes data: NULLs in `posts.title` become ''
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `title` = '' WHERE `title` IS NULL;

-- ~ column posts.title: null → not null, default none → ''
-- ! rewrites the table: writes all rows of `posts` anew, while others read and write
ALTER TABLE `posts` MODIFY COLUMN `title` varchar(255) NOT NULL DEFAULT '', ALGORITHM=INPLACE, LOCK=NONE;
