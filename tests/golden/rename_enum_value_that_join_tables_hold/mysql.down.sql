-- rename_enum_value_that_join_tables_hold: down, mysql

-- drop foreign key post_tags_tag_id_fkey of post_tags
ALTER TABLE `post_tags` DROP FOREIGN KEY `post_tags_tag_id_fkey`, ALGORITHM=INSTANT;

-- ~ column tags.kind: enum('FRESH','OLD') → enum('NEW','OLD')
-- ! may fail on existing data: `tags.kind` may hold 'FRESH', which it can't any more
-- ! may fail on existing data: values of `tags.kind` that were different may be equal now
ALTER TABLE `tags` MODIFY COLUMN `kind` enum('FRESH','OLD','NEW') NOT NULL, ALGORITHM=INSTANT;

-- in tags.kind, turn 'FRESH' to 'NEW'
-- ! breaks code that runs against the old schema: `tags.kind` holds 'NEW' in place of 'FRESH'
-- ! may fail on existing data: values of `tags.kind` that were different may be equal now
UPDATE `tags` SET `kind` = CASE CAST(`kind` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'FRESH' THEN 'NEW' ELSE `kind` END WHERE CAST(`kind` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('FRESH');

-- ~ column tags.kind: enum('FRESH','OLD','NEW') → enum('NEW','OLD')
-- ! may fail on existing data: `tags.kind` may hold 'FRESH', which it can't any more
-- ! may fail on existing data: values of `tags.kind` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `tags`; nobody else can write to it meanwhile
ALTER TABLE `tags` MODIFY COLUMN `kind` enum('NEW','OLD') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column post_tags.tag_id: enum('FRESH','OLD') → enum('NEW','OLD')
-- ! may fail on existing data: `post_tags.tag_id` may hold 'FRESH', which it can't any more
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
ALTER TABLE `post_tags` MODIFY COLUMN `tag_id` enum('FRESH','OLD','NEW') NOT NULL, ALGORITHM=INSTANT;

-- in post_tags.tag_id, turn 'FRESH' to 'NEW'
-- ! breaks code that runs against the old schema: `post_tags.tag_id` holds 'NEW' in place of 'FRESH'
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
UPDATE `post_tags` SET `tag_id` = CASE CAST(`tag_id` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'FRESH' THEN 'NEW' ELSE `tag_id` END WHERE CAST(`tag_id` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('FRESH');

-- ~ column post_tags.tag_id: enum('FRESH','OLD','NEW') → enum('NEW','OLD')
-- ! may fail on existing data: `post_tags.tag_id` may hold 'FRESH', which it can't any more
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` MODIFY COLUMN `tag_id` enum('NEW','OLD') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key post_tags_tag_id_fkey to post_tags
-- ! may fail on existing data: `post_tags.tag_id` may hold values that `tags` does not have
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` ADD CONSTRAINT `post_tags_tag_id_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`kind`) ON DELETE CASCADE ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
