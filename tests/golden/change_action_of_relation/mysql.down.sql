-- change_action_of_relation: down, mysql

-- drop foreign key posts_author_id_fkey of posts
ALTER TABLE `posts` DROP FOREIGN KEY `posts_author_id_fkey`, ALGORITHM=INSTANT;

-- add foreign key posts_author_id_fkey to posts
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` ADD CONSTRAINT `posts_author_id_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
