-- rename_by_flag: up, mysql

-- rename in users: username to email
-- ! breaks code that runs against the old schema: code that uses the name `users.username` fails
ALTER TABLE `users` RENAME COLUMN `username` TO `email`, ALGORITHM=INSTANT;
