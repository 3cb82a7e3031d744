-- add_unique_constraint: down, mysql

-- - unique index users_email_key on users
ALTER TABLE `users` DROP INDEX `users_email_key`, ALGORITHM=INPLACE, LOCK=NONE;
