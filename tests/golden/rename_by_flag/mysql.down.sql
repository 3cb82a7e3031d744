-- rename_by_flag: down, mysql

-- rename in users: email to username
-- ! breaks code that runs against the old schema: code that uses the name `users.email` fails
ALTER TABLE `users` RENAME COLUMN `email` TO `username`, ALGORITHM=INSTANT;
