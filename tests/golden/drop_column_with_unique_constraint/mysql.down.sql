-- drop_column_with_unique_constraint: down, mysql
-- what the migration took from rows does not come back:
--   drops column `users.email` with its values

-- + column users.email: varchar(255) not null, rows get UUID()
-- ! breaks code that runs against the old schema: code that inserts into `users` without `email` fails
ALTER TABLE `users` ADD COLUMN `email` varchar(255) NULL, ALGORITHM=INSTANT;

-- give the rows of users their email
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
UPDATE `users` SET `email` = UUID();

-- change table users: 2 changes
--   ~ column users.email: null → not null
--   + unique index users_email_key on users (email)
-- ! rewrites the table: writes all rows of `users` anew, while others read and write
ALTER TABLE `users`
  MODIFY COLUMN `email` varchar(255) NOT NULL,
  ADD UNIQUE INDEX `users_email_key` (`email`),
  ALGORITHM=INPLACE, LOCK=NONE;
