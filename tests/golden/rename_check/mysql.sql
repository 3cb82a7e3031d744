-- rename_check: up, mysql

-- change table users: 2 changes
--   - check users old_name (age >= 0)
--   > check users old_name → new_name
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  DROP CONSTRAINT `old_name`,
  ADD CONSTRAINT `new_name` CHECK (age >= 0),
  ALGORITHM=COPY, LOCK=SHARED;
