-- rename_column_and_change_type: up, mysql

-- rename in posts: title to headline
-- ! breaks code that runs against the old schema: code that uses the name `posts.title` fails
ALTER TABLE `posts` RENAME COLUMN `title` TO `headline`, ALGORITHM=INSTANT;

-- change table posts: 3 changes
--   - column posts.legacy
--   ~ column posts.views: varchar(255) → int, default '0' → 0
--   + column posts.slug: varchar(255) not null default 'none'
-- ! loses data: drops column `posts.legacy` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.legacy` fails
-- ! may fail on existing data: `posts.views` may hold values that are no `int`
-- ! changes data: `posts.views` becomes `int`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `posts.views` for `varchar(255)` fails
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  DROP COLUMN `legacy`,
  MODIFY COLUMN `views` int NOT NULL DEFAULT 0,
  ADD COLUMN `slug` varchar(255) NOT NULL DEFAULT 'none',
  ALGORITHM=COPY, LOCK=SHARED;
