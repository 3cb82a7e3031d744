-- change_text_to_enum_and_back: down, postgres

-- create type mood
CREATE TYPE "mood" AS ENUM ('GOOD', 'BAD');

-- alter table posts
--   ~ column posts.status: status → text
--   ~ column posts.mood: text → mood
-- ! breaks code that runs against the old schema: code that takes `posts.status` for `status` fails
-- ! may fail on existing data: `posts.mood` may hold text that is no `mood`
-- ! breaks code that runs against the old schema: code that takes `posts.mood` for `text` fails
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "status" TYPE text,
  ALTER COLUMN "mood" TYPE mood USING "mood"::mood;

-- drop type status
DROP TYPE "status";
