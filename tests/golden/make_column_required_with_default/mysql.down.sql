-- make_column_required_with_default: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `users.age` become 30

-- ~ column users.age: not null → null, default 30 → none
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `age` int NULL, ALGORITHM=INPLACE, LOCK=NONE;
