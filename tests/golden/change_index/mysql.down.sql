-- change_index: down, mysql

-- change table posts: 2 changes
--   - index i on posts
--   + index i on posts (title, author)
ALTER TABLE `posts`
  DROP INDEX `i`,
  ADD INDEX `i` (`title`, `author`),
  ALGORITHM=INPLACE, LOCK=NONE;
