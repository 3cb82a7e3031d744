-- rename_index: up, mysql

-- > index by_title → posts_by_title
ALTER TABLE `posts` RENAME INDEX `by_title` TO `posts_by_title`, ALGORITHM=INSTANT;
