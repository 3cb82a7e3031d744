-- fill_leaves_updated_at_alone: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `posts.title` become 'none'

-- change table posts: 2 changes
--   - column posts.slug
--   - column posts.body
-- ! loses data: drops column `posts.slug` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.slug` fails
-- ! loses data: drops column `posts.body` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.body` fails
ALTER TABLE `posts`
  DROP COLUMN `slug`,
  DROP COLUMN `body`,
  ALGORITHM=INSTANT;

-- ~ column posts.title: not null → null
-- ! rewrites the table: writes all rows of `posts` anew, while others read and write
ALTER TABLE `posts` MODIFY COLUMN `title` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
