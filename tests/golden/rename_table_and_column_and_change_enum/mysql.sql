-- rename_table_and_column_and_change_enum: up, mysql

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `articles`;

-- rename in articles: state to status, title to headline
-- ! breaks code that runs against the old schema: code that uses the name `articles.state` fails
-- ! breaks code that runs against the old schema: code that uses the name `articles.title` fails
ALTER TABLE `articles`
  RENAME COLUMN `state` TO `status`,
  RENAME COLUMN `title` TO `headline`,
  ALGORITHM=INSTANT;

-- ~ column articles.status: enum('NEW','OPEN') → enum('NEW','OPEN','FRESH','CLOSED')
ALTER TABLE `articles` MODIFY COLUMN `status` enum('NEW','OPEN','FRESH','CLOSED') NOT NULL DEFAULT 'NEW', ALGORITHM=INSTANT;

-- in articles.status, turn 'NEW' to 'FRESH'
-- ! breaks code that runs against the old schema: `articles.status` holds 'FRESH' in place of 'NEW'
-- ! blocks writes or reads: writes to rows of `articles` wait while those get their values
UPDATE `articles` SET `status` = 'FRESH' WHERE `status` = 'NEW';

-- change table articles: 2 changes
--   ~ column articles.status: enum('NEW','OPEN','FRESH','CLOSED') → enum('FRESH','OPEN','CLOSED'), default 'NEW' → 'FRESH'
--   > unique index posts_title_key → articles_headline_key
-- ! blocks writes or reads: copies all rows of `articles`; nobody else can write to it meanwhile
ALTER TABLE `articles`
  MODIFY COLUMN `status` enum('FRESH','OPEN','CLOSED') NOT NULL DEFAULT 'FRESH',
  RENAME INDEX `posts_title_key` TO `articles_headline_key`,
  ALGORITHM=COPY, LOCK=SHARED;
