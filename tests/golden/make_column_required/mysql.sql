-- make_column_required: up, mysql

-- ~ column users.email: null → not null
-- ! may fail on existing data: `users.email` becomes required: fails if a row has NULL there
-- ! breaks code that runs against the old schema: code that leaves `users.email` out or empty fails
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users` MODIFY COLUMN `email` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
