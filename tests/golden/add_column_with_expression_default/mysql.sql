-- add_column_with_expression_default: up, mysql

-- change table users: 2 changes
--   + column users.token: varchar(255) not null default ('t' <> 0 OR 1)
--   + column users.day: varchar(255) null
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  ADD COLUMN `token` varchar(255) NOT NULL DEFAULT ('t' <> 0 OR 1),
  ADD COLUMN `day` varchar(255) NULL,
  ALGORITHM=COPY, LOCK=SHARED;
