-- fill_column_that_others_are_computed_from: up, mysql

-- give rows without users.nick a value
-- ! changes data: NULLs in `users.nick` become 'nobody'
-- ! may fail on existing data: values of `users.nick` that were different may be equal now
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `nick` = 'nobody' WHERE `nick` IS NULL;

-- ~ column users.nick: null → not null, default none → 'nobody'
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users` MODIFY COLUMN `nick` varchar(255) NOT NULL DEFAULT 'nobody', ALGORITHM=COPY, LOCK=SHARED;
