-- drop_column_of_relation: down, postgres
-- what the migration took from rows does not come back:
--   drops column `posts.author_id` with its values

-- alter table posts
--   + column posts.author_id: integer not null, rows get (SELECT "users"."id" FROM "users" ORDER BY "users"."id" LIMIT 1)
-- ! breaks code that runs against the old schema: code that inserts into `posts` without `author_id` fails
ALTER TABLE "posts"
  ADD COLUMN "author_id" integer,
  ADD CONSTRAINT "_okra_required_author_id" CHECK ("author_id" IS NOT NULL) NOT VALID;

-- foreign key of posts to users
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- give rows of posts without author_id a value
-- ! may fail on existing data: `users` may not have what rows of `posts` get
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
-- okra: new transaction
UPDATE "posts" SET "author_id" = (SELECT "users"."id" FROM "users" ORDER BY "users"."id" LIMIT 1) WHERE "author_id" IS NULL;

-- see that all rows of posts have author_id
-- ! may fail on existing data: `posts.author_id` becomes required: fails if there is no row to refer to
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "_okra_required_author_id";

-- require author_id of posts
-- okra: new transaction
ALTER TABLE "posts" ALTER COLUMN "author_id" SET NOT NULL;

-- author_id of posts needs no check any more
ALTER TABLE "posts" DROP CONSTRAINT "_okra_required_author_id";

-- see that users has what posts refers to
-- ! may fail on existing data: rows of `posts` may have a `author_id` that `users` has not
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_id_fkey";
