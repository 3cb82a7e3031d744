-- rename_table_to_another_case: up, mysql

-- rename table Users to _okra_aside_Users
-- ! breaks code that runs against the old schema: code that uses the name `Users` fails
RENAME TABLE `Users` TO `_okra_aside_Users`;

-- rename table _okra_aside_Users to users
RENAME TABLE `_okra_aside_Users` TO `users`;

-- rename in users: Name to name
-- ! breaks code that runs against the old schema: code that uses the name `users.Name` fails
ALTER TABLE `users` RENAME COLUMN `Name` TO `name`, ALGORITHM=INSTANT;
