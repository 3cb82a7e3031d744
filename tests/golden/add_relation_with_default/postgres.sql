-- add_relation_with_default: up, postgres

-- alter table posts
--   + column posts.author_id: integer not null default 1
ALTER TABLE "posts" ADD COLUMN "author_id" integer DEFAULT 1 NOT NULL;

-- foreign key of posts to users
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET DEFAULT ON UPDATE CASCADE NOT VALID;

-- see that users has what posts refers to
-- ! may fail on existing data: rows of `posts` may have a `author_id` that `users` has not
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_id_fkey";
