-- rename_table_to_another_case: down, mysql

-- rename table users to _okra_aside_users
-- ! breaks code that runs against the old schema: code that uses the name `users` fails
RENAME TABLE `users` TO `_okra_aside_users`;

-- rename table _okra_aside_users to Users
RENAME TABLE `_okra_aside_users` TO `Users`;

-- rename in Users: name to Name
-- ! breaks code that runs against the old schema: code that uses the name `Users.name` fails
ALTER TABLE `Users` RENAME COLUMN `name` TO `Name`, ALGORITHM=INSTANT;
