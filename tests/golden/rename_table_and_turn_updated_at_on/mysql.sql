-- rename_table_and_turn_updated_at_on: up, mysql

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `articles`;

-- ~ column articles.changed: updated at no → yes
ALTER TABLE `articles` MODIFY COLUMN `changed` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP, ALGORITHM=INSTANT;
