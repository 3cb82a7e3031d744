-- rename_enum_value_that_join_tables_hold: up, mysql

-- drop foreign key post_tags_tag_id_fkey of post_tags
ALTER TABLE `post_tags` DROP FOREIGN KEY `post_tags_tag_id_fkey`, ALGORITHM=INSTANT;

-- ~ column tags.kind: enum('NEW','OLD') → enum('NEW','OLD','FRESH')
ALTER TABLE `tags` MODIFY COLUMN `kind` enum('NEW','OLD','FRESH') NOT NULL, ALGORITHM=INSTANT;

-- in tags.kind, turn 'NEW' to 'FRESH'
-- ! breaks code that runs against the old schema: `tags.kind` holds 'FRESH' in place of 'NEW'
-- ! blocks writes or reads: writes to rows of `tags` wait while those get their values
UPDATE `tags` SET `kind` = 'FRESH' WHERE `kind` = 'NEW';

-- ~ column tags.kind: enum('NEW','OLD','FRESH') → enum('FRESH','OLD')
-- ! blocks writes or reads: copies all rows of `tags`; nobody else can write to it meanwhile
ALTER TABLE `tags` MODIFY COLUMN `kind` enum('FRESH','OLD') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column post_tags.tag_id: enum('NEW','OLD') → enum('NEW','OLD','FRESH')
ALTER TABLE `post_tags` MODIFY COLUMN `tag_id` enum('NEW','OLD','FRESH') NOT NULL, ALGORITHM=INSTANT;

-- in post_tags.tag_id, turn 'NEW' to 'FRESH'
-- ! breaks code that runs against the old schema: `post_tags.tag_id` holds 'FRESH' in place of 'NEW'
-- ! blocks writes or reads: writes to rows of `post_tags` wait while those get their values
UPDATE `post_tags` SET `tag_id` = 'FRESH' WHERE `tag_id` = 'NEW';

-- ~ column post_tags.tag_id: enum('NEW','OLD','FRESH') → enum('FRESH','OLD')
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` MODIFY COLUMN `tag_id` enum('FRESH','OLD') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key post_tags_tag_id_fkey to post_tags
-- ! blocks writes or reads: copies all rows of `post_tags`; nobody else can write to it meanwhile
ALTER TABLE `post_tags` ADD CONSTRAINT `post_tags_tag_id_fkey` FOREIGN KEY (`tag_id`) REFERENCES `tags` (`kind`) ON DELETE CASCADE ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
