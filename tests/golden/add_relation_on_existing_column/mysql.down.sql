-- add_relation_on_existing_column: down, mysql

-- drop foreign key posts_author_id_fkey of posts
ALTER TABLE `posts` DROP FOREIGN KEY `posts_author_id_fkey`, ALGORITHM=INSTANT;

-- - index posts_author_id_fkey on posts
ALTER TABLE `posts` DROP INDEX `posts_author_id_fkey`, ALGORITHM=INPLACE, LOCK=NONE;
