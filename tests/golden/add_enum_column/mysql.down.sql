-- add_enum_column: down, mysql

-- change table posts: 2 changes
--   - column posts.status
--   - column posts.former
-- ! loses data: drops column `posts.status` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.status` fails
-- ! loses data: drops column `posts.former` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.former` fails
ALTER TABLE `posts`
  DROP COLUMN `status`,
  DROP COLUMN `former`,
  ALGORITHM=INSTANT;
