-- add_optional_relation: up, mysql

-- + column posts.author_id: int null
ALTER TABLE `posts` ADD COLUMN `author_id` int NULL, ALGORITHM=INSTANT;

-- add foreign key posts_author_id_fkey to posts
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  ADD INDEX `posts_author_id_fkey` (`author_id`),
  ADD CONSTRAINT `posts_author_id_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
