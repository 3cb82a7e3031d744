-- add_required_relation: up, mysql

-- + column posts.author_id: int not null, rows get 1
-- ! breaks code that runs against the old schema: code that inserts into `posts` without `author_id` fails
ALTER TABLE `posts` ADD COLUMN `author_id` int NOT NULL DEFAULT 1, ALGORITHM=INSTANT;

-- ~ column posts.author_id: default 1 → none
ALTER TABLE `posts` MODIFY COLUMN `author_id` int NOT NULL, ALGORITHM=INSTANT;

-- add foreign key posts_author_id_fkey to posts
-- ! may fail on existing data: `posts.author_id` may hold values that `users` does not have
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  ADD INDEX `posts_author_id_fkey` (`author_id`),
  ADD CONSTRAINT `posts_author_id_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
