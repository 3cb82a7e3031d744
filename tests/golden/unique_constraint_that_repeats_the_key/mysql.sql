-- unique_constraint_that_repeats_the_key: up, mysql

-- + column tags.color: varchar(255) null
ALTER TABLE `tags` ADD COLUMN `color` varchar(255) NULL, ALGORITHM=INSTANT;

-- + unique index tags_name_key on tags (name)
ALTER TABLE `tags` ADD UNIQUE INDEX `tags_name_key` (`name`), ALGORITHM=INPLACE, LOCK=NONE;
