-- rename_index: down, mysql

-- > index posts_by_title → by_title
ALTER TABLE `posts` RENAME INDEX `posts_by_title` TO `by_title`, ALGORITHM=INSTANT;
