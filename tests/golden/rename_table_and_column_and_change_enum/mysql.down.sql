-- rename_table_and_column_and_change_enum: down, mysql

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
RENAME TABLE `articles` TO `posts`;

-- rename in posts: headline to title, status to state
-- ! breaks code that runs against the old schema: code that uses the name `posts.headline` fails
-- ! breaks code that runs against the old schema: code that uses the name `posts.status` fails
ALTER TABLE `posts`
  RENAME COLUMN `headline` TO `title`,
  RENAME COLUMN `status` TO `state`,
  ALGORITHM=INSTANT;

-- ~ column posts.state: enum('FRESH','OPEN','CLOSED') → enum('FRESH','OPEN','CLOSED','NEW')
ALTER TABLE `posts` MODIFY COLUMN `state` enum('FRESH','OPEN','CLOSED','NEW') NOT NULL DEFAULT 'FRESH', ALGORITHM=INSTANT;

-- in posts.state, turn 'FRESH' to 'NEW'
-- ! breaks code that runs against the old schema: `posts.state` holds 'NEW' in place of 'FRESH'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `state` = 'NEW' WHERE `state` = 'FRESH';

-- change table posts: 2 changes
--   ~ column posts.state: enum('FRESH','OPEN','CLOSED','NEW') → enum('NEW','OPEN'), default 'FRESH' → 'NEW'
--   > unique index articles_headline_key → posts_title_key
-- ! may fail on existing data: `posts.state` may hold 'CLOSED', which it can't any more
-- ! breaks code that runs against the old schema: code that writes 'CLOSED' into `posts.state` fails
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  MODIFY COLUMN `state` enum('NEW','OPEN') NOT NULL DEFAULT 'NEW',
  RENAME INDEX `articles_headline_key` TO `posts_title_key`,
  ALGORITHM=COPY, LOCK=SHARED;
