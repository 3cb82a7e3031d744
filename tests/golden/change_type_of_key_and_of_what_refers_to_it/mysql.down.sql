-- change_type_of_key_and_of_what_refers_to_it: down, mysql

-- drop foreign key posts_author_id_fkey of posts
ALTER TABLE `posts` DROP FOREIGN KEY `posts_author_id_fkey`, ALGORITHM=INSTANT;

-- ~ column users.id: varchar(255) → int
-- ! may fail on existing data: `users.id` may hold values that are no `int`
-- ! changes data: `users.id` becomes `int`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `users.id` for `varchar(255)` fails
-- ! may fail on existing data: values of `users.id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users` MODIFY COLUMN `id` int NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column posts.author_id: varchar(255) → int
-- ! may fail on existing data: `posts.author_id` may hold values that are no `int`
-- ! changes data: `posts.author_id` becomes `int`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `posts.author_id` for `varchar(255)` fails
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `author_id` int NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key posts_author_id_fkey to posts
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` ADD CONSTRAINT `posts_author_id_fkey` FOREIGN KEY (`author_id`) REFERENCES `users` (`id`) ON DELETE CASCADE ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
