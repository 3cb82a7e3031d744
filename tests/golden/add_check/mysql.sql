-- add_check: up, mysql

-- change table users: 2 changes
--   + check users users_age_check (age >= 0)
--   + check users age_is_human (age < 200)
-- ! may fail on existing data: rows of `users` may not satisfy `age >= 0`
-- ! may fail on existing data: rows of `users` may not satisfy `age < 200`
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  ADD CONSTRAINT `users_age_check` CHECK (age >= 0),
  ADD CONSTRAINT `age_is_human` CHECK (age < 200),
  ALGORITHM=COPY, LOCK=SHARED;
