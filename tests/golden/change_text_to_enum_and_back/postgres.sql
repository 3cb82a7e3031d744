-- change_text_to_enum_and_back: up, postgres

-- create type status
CREATE TYPE "status" AS ENUM ('DRAFT', 'DONE');

-- alter table posts
--   ~ column posts.status: text → status
--   ~ column posts.mood: mood → text
-- ! may fail on existing data: `posts.status` may hold text that is no `status`
-- ! breaks code that runs against the old schema: code that takes `posts.status` for `text` fails
-- ! breaks code that runs against the old schema: code that takes `posts.mood` for `mood` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "status" TYPE status USING "status"::status,
  ALTER COLUMN "mood" TYPE text;

-- drop type mood
DROP TYPE "mood";
