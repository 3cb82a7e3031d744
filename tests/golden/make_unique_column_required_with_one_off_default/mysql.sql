-- make_unique_column_required_with_one_off_default: up, mysql

-- give rows without users.email a value
-- ! changes data: NULLs in `users.email` become concat('nobody-', id)
-- ! may fail on existing data: `users.email` may not be able to hold what `concat('nobody-', id)` gives for some row
-- ! may fail on existing data: values of `users.email` that were different may be equal now
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `email` = concat('nobody-', id) WHERE `email` IS NULL;

-- ~ column users.email: null → not null
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
