-- drop_column_with_check: down, mysql
-- what the migration took from rows does not come back:
--   drops column `users.age` with its values

-- change table users: 2 changes
--   + column users.age: int null
--   + check users users_age_check (age >= 0)
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  ADD COLUMN `age` int NULL,
  ADD CONSTRAINT `users_age_check` CHECK (age >= 0),
  ALGORITHM=COPY, LOCK=SHARED;
