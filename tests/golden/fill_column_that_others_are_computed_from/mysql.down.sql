-- fill_column_that_others_are_computed_from: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `users.nick` become 'nobody'

-- ~ column users.nick: not null → null, default 'nobody' → none
-- ! blocks writes or reads: reads all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users` MODIFY COLUMN `nick` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=SHARED;
