-- two_tables_need_a_rebuild: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `users.email` become ''
--   NULLs in `posts.title` become ''

-- ~ column users.email: not null → null, default '' → none
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;

-- ~ column posts.title: not null → null, default '' → none
-- ! rewrites the table: writes all rows of `posts` anew, while others read and write
ALTER TABLE `posts` MODIFY COLUMN `title` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
