-- 20240202_091500: down, mysql

-- drop table post_tags
-- ! loses data: drops table `post_tags` with all its rows
-- ! breaks code that runs against the old schema: code that uses `post_tags` fails
DROP TABLE `post_tags`;

-- drop table tags
-- ! loses data: drops table `tags` with all its rows
-- ! breaks code that runs against the old schema: code that uses `tags` fails
DROP TABLE `tags`;

-- rename in users: name to full_name
-- ! breaks code that runs against the old schema: code that uses the name `users.name` fails
ALTER TABLE `users` RENAME COLUMN `name` TO `full_name`, ALGORITHM=INSTANT;

-- - column posts.published
-- ! loses data: drops column `posts.published` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.published` fails
ALTER TABLE `posts` DROP COLUMN `published`, ALGORITHM=INSTANT;
