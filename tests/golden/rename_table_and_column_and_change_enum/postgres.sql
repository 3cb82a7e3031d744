-- rename_table_and_column_and_change_enum: up, postgres

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename index posts_title_key to articles_headline_key
ALTER INDEX "posts_title_key" RENAME TO "articles_headline_key";

-- rename index posts_pkey to articles_pkey
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";

-- rename column articles.state to status
-- ! breaks code that runs against the old schema: code that uses the name `articles.state` fails
ALTER TABLE "articles" RENAME COLUMN "state" TO "status";

-- rename column articles.title to headline
-- ! breaks code that runs against the old schema: code that uses the name `articles.title` fails
ALTER TABLE "articles" RENAME COLUMN "title" TO "headline";

-- rename the value NEW of type state to FRESH
-- ! breaks code that runs against the old schema: `state` has 'FRESH' in place of 'NEW'
ALTER TYPE "state" RENAME VALUE 'NEW' TO 'FRESH';

-- add the value CLOSED to type state
ALTER TYPE "state" ADD VALUE 'CLOSED' AFTER 'OPEN';

-- alter table articles
--   ~ column articles.status: default 'NEW' → 'FRESH'
ALTER TABLE "articles" ALTER COLUMN "status" SET DEFAULT 'FRESH';
