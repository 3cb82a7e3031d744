-- make_column_required_with_default: up, mysql

-- give rows without users.age a value
-- ! changes data: NULLs in `users.age` become 30
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `age` = 30 WHERE `age` IS NULL;

-- ~ column users.age: null → not null, default none → 30
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `age` int NOT NULL DEFAULT 30, ALGORITHM=INPLACE, LOCK=NONE;
