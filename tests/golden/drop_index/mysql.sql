-- drop_index: up, mysql

-- - index posts_title_idx on posts
ALTER TABLE `posts` DROP INDEX `posts_title_idx`, ALGORITHM=INPLACE, LOCK=NONE;
