-- rebuild_keeps_the_updated_at_trigger: up, mysql

-- ~ column posts.title: not null → null
-- ! rewrites the table: writes all rows of `posts` anew, while others read and write
ALTER TABLE `posts` MODIFY COLUMN `title` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
