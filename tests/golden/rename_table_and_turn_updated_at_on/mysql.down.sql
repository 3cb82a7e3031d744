-- rename_table_and_turn_updated_at_on: down, mysql

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
RENAME TABLE `articles` TO `posts`;

-- ~ column posts.changed: updated at yes → no
ALTER TABLE `posts` MODIFY COLUMN `changed` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, ALGORITHM=INSTANT;
