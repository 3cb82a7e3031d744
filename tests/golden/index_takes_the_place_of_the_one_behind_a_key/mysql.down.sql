-- index_takes_the_place_of_the_one_behind_a_key: down, mysql

-- change table posts: 2 changes
--   - index posts_author_id_title_idx on posts
--   + index posts_author_id_fkey on posts (author_id)
ALTER TABLE `posts`
  DROP INDEX `posts_author_id_title_idx`,
  ADD INDEX `posts_author_id_fkey` (`author_id`),
  ALGORITHM=INPLACE, LOCK=NONE;
