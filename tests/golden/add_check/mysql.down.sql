-- add_check: down, mysql

-- change table users: 2 changes
--   - check users users_age_check (age >= 0)
--   - check users age_is_human (age < 200)
ALTER TABLE `users`
  DROP CONSTRAINT `users_age_check`,
  DROP CONSTRAINT `age_is_human`,
  ALGORITHM=INSTANT;
