-- make_column_required: down, mysql

-- ~ column users.email: not null → null
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
