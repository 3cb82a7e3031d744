-- make_unique_column_required_with_one_off_default: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `users.email` become concat('nobody-', id)

-- ~ column users.email: not null → null
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
