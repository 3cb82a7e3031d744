-- drop_check: up, mysql

-- - check users users_age_check (age >= 0)
ALTER TABLE `users` DROP CONSTRAINT `users_age_check`, ALGORITHM=INSTANT;
