-- change_index: up, mysql

-- change table posts: 2 changes
--   - index i on posts
--   + index i on posts (author, title)
ALTER TABLE `posts`
  DROP INDEX `i`,
  ADD INDEX `i` (`author`, `title`),
  ALGORITHM=INPLACE, LOCK=NONE;
