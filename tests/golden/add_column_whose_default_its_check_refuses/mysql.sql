-- add_column_whose_default_its_check_refuses: up, mysql

-- change table users: 2 changes
--   + column users.level: int not null default 0
--   + check users users_level_check (level > 0)
-- ! may fail on existing data: rows of `users` may not satisfy `level > 0`
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  ADD COLUMN `level` int NOT NULL DEFAULT 0,
  ADD CONSTRAINT `users_level_check` CHECK (level > 0),
  ALGORITHM=COPY, LOCK=SHARED;
