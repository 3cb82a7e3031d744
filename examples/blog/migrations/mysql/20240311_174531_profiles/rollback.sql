-- 20240311_174531: down, mysql

-- drop table profiles
-- ! loses data: drops table `profiles` with all its rows
-- ! breaks code that runs against the old schema: code that uses `profiles` fails
DROP TABLE `profiles`;

-- change table posts: 3 changes
--   - index posts_published_created_at_idx on posts
--   - index posts_author_id_idx on posts
--   + index posts_author_id_fkey on posts (author_id)
ALTER TABLE `posts`
  DROP INDEX `posts_published_created_at_idx`,
  DROP INDEX `posts_author_id_idx`,
  ADD INDEX `posts_author_id_fkey` (`author_id`),
  ALGORITHM=INPLACE, LOCK=NONE;

-- - index tags_name_idx on tags
ALTER TABLE `tags` DROP INDEX `tags_name_idx`, ALGORITHM=INPLACE, LOCK=NONE;
