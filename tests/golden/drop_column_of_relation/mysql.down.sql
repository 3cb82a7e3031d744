-- drop_column_of_relation: down, mysql
-- what the migration took from rows does not come back:
--   drops column `posts.author_id` with its values

-- + column posts.author_id: int not null, rows get (SELECT `id` FROM `users` ORDER BY `id` LIMIT 1)
-- ! breaks code that runs against the old schema: code that inserts into `posts` without `author_id` fails
ALTER TABLE `posts` ADD COLUMN `author_id` int NULL, ALGORITHM=INSTANT;

-- give the rows of posts their author_id
-- ! may fail on existing data: `posts.author_id` may not be able to hold what `(SELECT `id` FROM `users` ORDER BY `id` LIMIT 1)` gives for some row
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
UPDATE `posts` SET `author_id` = (SELECT `id` FROM `users` ORDER BY `id` LIMIT 1);

-- ~ column posts.author_id: null → not null
-- ! rewrites the table: writes all rows of `posts` anew, while others read and write
ALTER TABLE `posts` MODIFY COLUMN `author_id` int NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;

-- add foreign key posts_author_id_fkey to posts
-- ! may fail on existing data: `posts.author_id` may hold values that `users` does not have
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts`
  ADD INDEX `posts_author_id_fkey` (`author_id`),
  ADD CONSTRAINT `posts_author_id_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
