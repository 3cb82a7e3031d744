-- drop_enum_value: up, postgres

-- put the old type status aside
ALTER TYPE "status" RENAME TO "_okra_old_status";

-- create type status
-- ! breaks code that runs against the old schema: code that writes 'REVIEW' fails
CREATE TYPE "status" AS ENUM ('DRAFT', 'PUBLISHED');

-- alter table posts
-- ! may fail on existing data: `posts.status` may hold 'REVIEW'
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" TYPE status USING "status"::text::status,
  ALTER COLUMN "status" SET DEFAULT 'DRAFT';

-- drop the old type status
DROP TYPE "_okra_old_status";
