-- join_table_of_keys_that_change_type: up, mysql

-- drop foreign key post_tags_tag_id_fkey of post_tags
ALTER TABLE `post_tags` DROP FOREIGN KEY `post_tags_tag_id_fkey`, ALGORITHM=INSTANT;

-- ~ column tags.id: int → varchar(255)
-- ! breaks code that runs against the old schema: code that takes `tags.id` for `int` fails
-- ! may fail on existing data: values of `tags.id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `tags`; nobody else can write to it meanwhile
ALTER TABLE `tags` MODIFY COLUMN `id` varchar(255) NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column post_tags.tag_id: int → varchar(255)
-- ! breaks code that runs against the old schema: code that takes `post_tags.tag_id` for `int` fails
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` MODIFY COLUMN `tag_id` varchar(255) NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key post_tags_tag_id_fkey to post_tags
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` ADD CONSTRAINT `post_tags_tag_id_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`id`) ON DELETE CASCADE ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
