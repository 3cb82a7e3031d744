-- drop_column: down, mysql
-- what the migration took from rows does not come back:
--   drops column `users.legacy` with its values
--   drops column `users.notes` with its values

-- + column users.notes: varchar(255) not null, rows get ''
-- ! breaks code that runs against the old schema: code that inserts into `users` without `notes` fails
ALTER TABLE `users` ADD COLUMN `notes` varchar(255) NOT NULL DEFAULT '', ALGORITHM=INSTANT;

-- change table users: 2 changes
--   + column users.legacy: varchar(255) not null default 'x'
--   ~ column users.notes: default '' → none
ALTER TABLE `users`
  ADD COLUMN `legacy` varchar(255) NOT NULL DEFAULT 'x',
  MODIFY COLUMN `notes` varchar(255) NOT NULL,
  ALGORITHM=INSTANT;

-- + index users_notes_idx on users (notes)
ALTER TABLE `users` ADD INDEX `users_notes_idx` (`notes`), ALGORITHM=INPLACE, LOCK=NONE;
