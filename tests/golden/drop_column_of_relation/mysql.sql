-- drop_column_of_relation: up, mysql

-- drop foreign key posts_author_id_fkey of posts
ALTER TABLE `posts` DROP FOREIGN KEY `posts_author_id_fkey`, ALGORITHM=INSTANT;

-- - index posts_author_id_fkey on posts
ALTER TABLE `posts` DROP INDEX `posts_author_id_fkey`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column posts.author_id
-- ! loses data: drops column `posts.author_id` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.author_id` fails
ALTER TABLE `posts` DROP COLUMN `author_id`, ALGORITHM=INSTANT;
