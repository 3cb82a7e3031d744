-- enum_becomes_a_table: down, postgres

-- drop table statuses
-- ! loses data: drops table `statuses` with all its rows
-- ! breaks code that runs against the old schema: code that uses `statuses` fails
DROP TABLE "statuses";

-- create type status
CREATE TYPE "status" AS ENUM ('DRAFT', 'DONE');

-- alter table posts
--   ~ column posts.status: text → status
-- ! may fail on existing data: `posts.status` may hold text that is no `status`
-- ! breaks code that runs against the old schema: code that takes `posts.status` for `text` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts" ALTER COLUMN "status" TYPE status USING "status"::status;
