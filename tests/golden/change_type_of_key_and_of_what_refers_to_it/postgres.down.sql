-- change_type_of_key_and_of_what_refers_to_it: down, postgres

-- drop the foreign key of posts to users
ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";

-- alter table users
--   ~ column users.id: text → integer
-- ! may fail on existing data: `users.id` may hold text that is no `integer`
-- ! changes data: `users.id` becomes what its text means as `integer`
-- ! may fail on existing data: rows of `users` may come to have the same `id`
-- ! breaks code that runs against the old schema: code that takes `users.id` for `text` fails
-- ! rewrites the table: writes all rows of `users` anew; nobody else can use it meanwhile
ALTER TABLE "users" ALTER COLUMN "id" TYPE integer USING "id"::integer;

-- alter table posts
--   ~ column posts.author_id: text → integer
-- ! may fail on existing data: `posts.author_id` may hold text that is no `integer`
-- ! changes data: `posts.author_id` becomes what its text means as `integer`
-- ! breaks code that runs against the old schema: code that takes `posts.author_id` for `text` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts" ALTER COLUMN "author_id" TYPE integer USING "author_id"::integer;

-- foreign key of posts to users
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

-- see that users has what posts refers to
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_id_fkey";
