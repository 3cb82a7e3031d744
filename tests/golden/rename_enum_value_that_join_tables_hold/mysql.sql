-- rename_enum_value_that_join_tables_hold: up, mysql

-- drop foreign key post_tags_tag_id_fkey of post_tags
ALTER TABLE `post_tags` DROP FOREIGN KEY `post_tags_tag_id_fkey`, ALGORITHM=INSTANT;

-- ~ column tags.kind: enum('NEW','OLD') → enum('FRESH','OLD')
-- ! may fail on existing data: `tags.kind` may hold 'NEW', which it can't any more
-- ! may fail on existing data: values of `tags.kind` that were different may be equal now
ALTER TABLE `tags` MODIFY COLUMN `kind` enum('NEW','OLD','FRESH') NOT NULL, ALGORITHM=INSTANT;

-- in tags.kind, turn 'NEW' to 'FRESH'
-- ! breaks code that runs against the old schema: `tags.kind` holds 'FRESH' in place of 'NEW'
-- ! may fail on existing data: values of `tags.kind` that were different may be equal now
UPDATE `tags` SET `kind` = CASE CAST(`kind` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'NEW' THEN 'FRESH' ELSE `kind` END WHERE CAST(`kind` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('NEW');

-- ~ column tags.kind: enum('NEW','OLD','FRESH') → enum('FRESH','OLD')
-- ! may fail on existing data: `tags.kind` may hold 'NEW', which it can't any more
-- ! may fail on existing data: values of `tags.kind` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `tags`; nobody else can write to it meanwhile
ALTER TABLE `tags` MODIFY COLUMN `kind` enum('FRESH','OLD') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column post_tags.tag_id: enum('NEW','OLD') → enum('FRESH','OLD')
-- ! may fail on existing data: `post_tags.tag_id` may hold 'NEW', which it can't any more
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
ALTER TABLE `post_tags` MODIFY COLUMN `tag_id` enum('NEW','OLD','FRESH') NOT NULL, ALGORITHM=INSTANT;

-- in post_tags.tag_id, turn 'NEW' to 'FRESH'
-- ! breaks code that runs against the old schema: `post_tags.tag_id` holds 'FRESH' in place of 'NEW'
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
UPDATE `post_tags` SET `tag_id` = CASE CAST(`tag_id` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'NEW' THEN 'FRESH' ELSE `tag_id` END WHERE CAST(`tag_id` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('NEW');

-- ~ column post_tags.tag_id: enum('NEW','OLD','FRESH') → enum('FRESH','OLD')
-- ! may fail on existing data: `post_tags.tag_id` may hold 'NEW', which it can't any more
-- ! may fail on existing data: values of `post_tags.tag_id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` MODIFY COLUMN `tag_id` enum('FRESH','OLD') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key post_tags_tag_id_fkey to post_tags
-- ! may fail on existing data: `post_tags.tag_id` may hold values that `tags` does not have
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` ADD CONSTRAINT `post_tags_tag_id_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`kind`) ON DELETE CASCADE ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
