-- add_relation_on_existing_column: up, mysql

-- add foreign key posts_author_id_fkey to posts
-- ! may fail on existing data: `posts.author_id` may hold values that `users` does not have
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  ADD INDEX `posts_author_id_fkey` (`author_id`),
  ADD CONSTRAINT `posts_author_id_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
