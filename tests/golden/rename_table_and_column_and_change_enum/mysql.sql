-- rename_table_and_column_and_change_enum: up, mysql

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `articles`;

-- rename in articles: state to status, title to headline
-- ! breaks code that runs against the old schema: code that uses the name `articles.state` fails
-- ! breaks code that runs against the old schema: code that uses the name `articles.title` fails
ALTER TABLE `articles` RENAME COLUMN `state` TO `status`, RENAME COLUMN `title` TO `headline`, ALGORITHM=INSTANT;

-- ~ column articles.status: enum('NEW','OPEN') → enum('FRESH','OPEN','CLOSED'), default 'NEW' → 'FRESH'
-- ! may fail on existing data: `articles.status` may hold 'NEW', which it can't any more
ALTER TABLE `articles` MODIFY COLUMN `status` enum('NEW','OPEN','FRESH','CLOSED') NOT NULL DEFAULT 'NEW', ALGORITHM=INSTANT;

-- in articles.status, turn 'NEW' to 'FRESH'
-- ! breaks code that runs against the old schema: `articles.status` holds 'FRESH' in place of 'NEW'
UPDATE `articles` SET `status` = CASE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'NEW' THEN 'FRESH' ELSE `status` END WHERE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('NEW');

-- change table articles: 2 changes
--   ~ column articles.status: enum('NEW','OPEN','FRESH','CLOSED') → enum('FRESH','OPEN','CLOSED'), default 'NEW' → 'FRESH'
--   > unique index posts_title_key → articles_headline_key
-- ! may fail on existing data: `articles.status` may hold 'NEW', which it can't any more
-- ! blocks writes or reads: copies all rows of `articles`; nobody else can write to it meanwhile
ALTER TABLE `articles`
  MODIFY COLUMN `status` enum('FRESH','OPEN','CLOSED') NOT NULL DEFAULT 'FRESH',
  RENAME INDEX `posts_title_key` TO `articles_headline_key`,
  ALGORITHM=COPY, LOCK=SHARED;
