-- add_column_with_current_timestamp: up, mysql

-- change table users: 2 changes
--   + column users.seen: varchar(255) not null default (current_timestamp())
--   + column users.created_at: datetime not null default CURRENT_TIMESTAMP
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  ADD COLUMN `seen` varchar(255) NOT NULL DEFAULT (current_timestamp()),
  ADD COLUMN `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ALGORITHM=COPY, LOCK=SHARED;
