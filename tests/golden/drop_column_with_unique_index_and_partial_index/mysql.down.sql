-- drop_column_with_unique_index_and_partial_index: down, mysql
-- what the migration took from rows does not come back:
--   drops column `users.deleted` with its values

-- + column users.deleted: tinyint(1) not null default 0
ALTER TABLE `users` ADD COLUMN `deleted` tinyint(1) NOT NULL DEFAULT 0, ALGORITHM=INSTANT;

-- + index active_by_email on users (email)
ALTER TABLE `users` ADD INDEX `active_by_email` (`email`), ALGORITHM=INPLACE, LOCK=NONE;
