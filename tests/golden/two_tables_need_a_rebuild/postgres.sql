-- two_tables_need_a_rebuild: up, postgres

-- alter table users
--   ~ column users.email: null → not null, default none → ''
ALTER TABLE "users"
  ALTER COLUMN "email" SET DEFAULT '',
  ADD CONSTRAINT "_okra_required_email" CHECK ("email" IS NOT NULL) NOT VALID;

-- alter table posts
--   ~ column posts.title: null → not null, default none → ''
ALTER TABLE "posts"
  ALTER COLUMN "title" SET DEFAULT '',
  ADD CONSTRAINT "_okra_required_title" CHECK ("title" IS NOT NULL) NOT VALID;

-- give rows of users without email a value
-- ! changes data: NULLs in `users.email` become ''
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
-- okra: new transaction
UPDATE "users" SET "email" = DEFAULT WHERE "email" IS NULL;

-- give rows of posts without title a value
-- ! changes data: NULLs in `posts.title` become ''
-- ! blocks writes or reads: writes to rows of `posts` wait while those get their values
-- okra: new transaction
UPDATE "posts" SET "title" = DEFAULT WHERE "title" IS NULL;

-- see that all rows of users have email
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_email";

-- see that all rows of posts have title
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "_okra_required_title";

-- require email of users
-- okra: new transaction
ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;

-- email of users needs no check any more
ALTER TABLE "users" DROP CONSTRAINT "_okra_required_email";

-- require title of posts
-- okra: new transaction
ALTER TABLE "posts" ALTER COLUMN "title" SET NOT NULL;

-- title of posts needs no check any more
ALTER TABLE "posts" DROP CONSTRAINT "_okra_required_title";
