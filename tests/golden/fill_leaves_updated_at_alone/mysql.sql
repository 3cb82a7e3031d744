-- fill_leaves_updated_at_alone: up, mysql

-- change table posts: 2 changes
--   + column posts.slug: varchar(255) not null, rows get concat('post-', id)
--   + column posts.body: text not null, rows get 'later'
-- ! breaks code that runs against the old schema: code that inserts into `posts` without `slug` fails
-- ! breaks code that runs against the old schema: code that inserts into `posts` without `body` fails
ALTER TABLE `posts`
  ADD COLUMN `slug` varchar(255) NULL,
  ADD COLUMN `body` text NULL,
  ALGORITHM=INSTANT;

-- give the rows of posts their slug, body
-- ! may fail on existing data: `posts.slug` may not be able to hold what `concat('post-', id)` gives for some row
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `slug` = concat('post-', id), `body` = 'later', `changed` = `changed`;

-- give rows without posts.title a value
-- ! changes data: NULLs in `posts.title` become 'none'
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `title` = 'none', `changed` = `changed` WHERE `title` IS NULL;

-- change table posts: 3 changes
--   ~ column posts.title: null → not null
--   ~ column posts.slug: null → not null
--   ~ column posts.body: null → not null
-- ! rewrites the table: writes all rows of `posts` anew, while others read and write
ALTER TABLE `posts`
  MODIFY COLUMN `title` varchar(255) NOT NULL,
  MODIFY COLUMN `slug` varchar(255) NOT NULL,
  MODIFY COLUMN `body` text NOT NULL,
  ALGORITHM=INPLACE, LOCK=NONE;
