-- rename_check: down, mysql

-- change table users: 2 changes
--   - check users new_name (age >= 0)
--   > check users new_name → old_name
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  DROP CONSTRAINT `new_name`,
  ADD CONSTRAINT `old_name` CHECK (age >= 0),
  ALGORITHM=COPY, LOCK=SHARED;
