-- enum_becomes_a_table: up, postgres

-- create table statuses
CREATE TABLE "statuses" (
  "name" text NOT NULL,
  CONSTRAINT "statuses_pkey" PRIMARY KEY ("name")
);

-- alter table posts
--   ~ column posts.status: status → text
-- ! breaks code that runs against the old schema: code that takes `posts.status` for `status` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts" ALTER COLUMN "status" TYPE text;

-- drop type status
DROP TYPE "status";
