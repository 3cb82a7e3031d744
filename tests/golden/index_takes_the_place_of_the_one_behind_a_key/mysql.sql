-- index_takes_the_place_of_the_one_behind_a_key: up, mysql

-- change table posts: 2 changes
--   + index posts_author_id_title_idx on posts (author_id, title)
--   - index posts_author_id_fkey on posts
ALTER TABLE `posts`
  ADD INDEX `posts_author_id_title_idx` (`author_id`, `title`),
  DROP INDEX `posts_author_id_fkey`,
  ALGORITHM=INPLACE, LOCK=NONE;
