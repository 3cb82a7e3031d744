-- add_column_with_check: up, mysql

-- change table users: 4 changes
--   + column users.age: int null
--   + column users.level: int not null default 1
--   + check users users_age_check (age >= 0)
--   + check users level_is_positive (level > 0)
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  ADD COLUMN `age` int NULL,
  ADD COLUMN `level` int NOT NULL DEFAULT 1,
  ADD CONSTRAINT `users_age_check` CHECK (age >= 0),
  ADD CONSTRAINT `level_is_positive` CHECK (level > 0),
  ALGORITHM=COPY, LOCK=SHARED;
