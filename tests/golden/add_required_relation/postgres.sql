-- add_required_relation: up, postgres

-- alter table posts
--   + column posts.author_id: integer not null, rows get 1
-- ! breaks code that runs against the old schema: code that inserts into `posts` without `author_id` fails
ALTER TABLE "posts" ADD COLUMN "author_id" integer DEFAULT 1 NOT NULL;

-- new rows of posts get no such author_id by themselves
ALTER TABLE "posts" ALTER COLUMN "author_id" DROP DEFAULT;

-- foreign key of posts to users
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- see that users has what posts refers to
-- ! may fail on existing data: rows of `posts` may have a `author_id` that `users` has not
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_id_fkey";
