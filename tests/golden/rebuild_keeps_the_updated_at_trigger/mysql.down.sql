-- rebuild_keeps_the_updated_at_trigger: down, mysql

-- give rows without posts.title a value
-- ! changes data: NULLs in `posts.title` become ''
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `title` = '', `updated_at` = `updated_at` WHERE `title` IS NULL;

-- ~ column posts.title: null → not null
-- ! rewrites the table: writes all rows of `posts` anew, while others read and write
ALTER TABLE `posts` MODIFY COLUMN `title` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
