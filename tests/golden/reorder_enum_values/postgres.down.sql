-- reorder_enum_values: down, postgres

-- put the old type status aside
ALTER TYPE "status" RENAME TO "_okra_old_status";

-- create type status
CREATE TYPE "status" AS ENUM ('A', 'B');

-- alter table posts
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts" ALTER COLUMN "status" TYPE status USING "status"::text::status;

-- drop the old type status
DROP TYPE "_okra_old_status";
