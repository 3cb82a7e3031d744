-- rename_table_and_column_and_change_enum: down, postgres

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename index articles_headline_key to posts_title_key
ALTER INDEX "articles_headline_key" RENAME TO "posts_title_key";

-- rename index articles_pkey to posts_pkey
ALTER INDEX "articles_pkey" RENAME TO "posts_pkey";

-- rename column posts.headline to title
-- ! breaks code that runs against the old schema: code that uses the name `posts.headline` fails
ALTER TABLE "posts" RENAME COLUMN "headline" TO "title";

-- rename column posts.status to state
-- ! breaks code that runs against the old schema: code that uses the name `posts.status` fails
ALTER TABLE "posts" RENAME COLUMN "status" TO "state";

-- rename the value FRESH of type state to NEW
-- ! breaks code that runs against the old schema: `state` has 'NEW' in place of 'FRESH'
ALTER TYPE "state" RENAME VALUE 'FRESH' TO 'NEW';

-- put the old type state aside
ALTER TYPE "state" RENAME TO "_okra_old_state";

-- create type state
-- ! breaks code that runs against the old schema: code that writes 'CLOSED' fails
CREATE TYPE "state" AS ENUM ('NEW', 'OPEN');

-- alter table posts
--   ~ column posts.state: default 'FRESH' → 'NEW'
-- ! may fail on existing data: `posts.state` may hold 'CLOSED'
-- ! rewrites the table: writes all rows of `posts` anew; nobody else can use it meanwhile
ALTER TABLE "posts"
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE state USING "state"::text::state,
  ALTER COLUMN "state" SET DEFAULT 'NEW';

-- drop the old type state
DROP TYPE "_okra_old_state";
