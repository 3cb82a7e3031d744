-- rename_column_and_change_type: down, mysql
-- what the migration took from rows does not come back:
--   drops column `posts.legacy` with its values
--   `posts.views` becomes `int`, as far as its values can be read as that

-- rename in posts: headline to title
-- ! breaks code that runs against the old schema: code that uses the name `posts.headline` fails
ALTER TABLE `posts` RENAME COLUMN `headline` TO `title`, ALGORITHM=INSTANT;

-- change table posts: 3 changes
--   - column posts.slug
--   ~ column posts.views: int → varchar(255), default 0 → '0'
--   + column posts.legacy: varchar(255) null
-- ! loses data: drops column `posts.slug` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.slug` fails
-- ! breaks code that runs against the old schema: code that takes `posts.views` for `int` fails
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  DROP COLUMN `slug`,
  MODIFY COLUMN `views` varchar(255) NOT NULL DEFAULT '0',
  ADD COLUMN `legacy` varchar(255) NULL,
  ALGORITHM=COPY, LOCK=SHARED;
