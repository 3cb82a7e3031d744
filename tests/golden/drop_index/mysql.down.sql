-- drop_index: down, mysql

-- + index posts_title_idx on posts (title)
ALTER TABLE `posts` ADD INDEX `posts_title_idx` (`title`), ALGORITHM=INPLACE, LOCK=NONE;
