-- drop_enum_value_that_is_the_default: up, postgres

-- put the old type status aside
ALTER TYPE "status" RENAME TO "_okra_old_status";

-- create type status
-- ! breaks code that runs against the old schema: code that writes 'DRAFT' fails
CREATE TYPE "status" AS ENUM ('DONE');

-- alter table posts
--   ~ column posts.status: default 'DRAFT' → 'DONE'
-- ! may fail on existing data: `posts.status` may hold 'DRAFT'
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" TYPE status USING "status"::text::status,
  ALTER COLUMN "status" SET DEFAULT 'DONE';

-- drop the old type status
DROP TYPE "_okra_old_status";
