-- two_tables_need_a_rebuild: down, postgres
-- what the migration took from rows does not come back:
--   NULLs in `users.email` become ''
--   NULLs in `posts.title` become ''

-- alter table users
--   ~ column users.email: not null → null, default '' → none
ALTER TABLE "users"
  ALTER COLUMN "email" DROP DEFAULT,
  ALTER COLUMN "email" DROP NOT NULL;

-- alter table posts
--   ~ column posts.title: not null → null, default '' → none
ALTER TABLE "posts"
  ALTER COLUMN "title" DROP DEFAULT,
  ALTER COLUMN "title" DROP NOT NULL;
