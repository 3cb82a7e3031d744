-- rename_table_and_column_and_change_enum: down, sqlite

-- drop index articles_headline_key of articles
DROP INDEX "articles_headline_key";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename column posts.headline to title
-- ! breaks code that runs against the old schema: code that uses the name `posts.headline` fails
ALTER TABLE "posts" RENAME COLUMN "headline" TO "title";

-- rename column posts.status to state
-- ! breaks code that runs against the old schema: code that uses the name `posts.status` fails
ALTER TABLE "posts" RENAME COLUMN "status" TO "state";

-- rebuild posts: make the new table
--   - check posts (state IN ('CLOSED', 'FRESH', 'OPEN'))
--   ~ column posts.state: default 'FRESH' → 'NEW'
--   + check posts (state IN ('NEW', 'OPEN'))
--   > unique index articles_headline_key → posts_title_key
--   > value posts.state: 'FRESH' → 'NEW'
-- ! may fail on existing data: rows of `posts` may not satisfy `state IN ('NEW', 'OPEN')`
-- ! breaks code that runs against the old schema: `posts.state` holds 'NEW' in place of 'FRESH'
-- ! rewrites the table: copies all rows of `posts`; nobody else can write meanwhile
CREATE TABLE "_okra_new_posts" (
  "id" integer NOT NULL PRIMARY KEY,
  "title" text NOT NULL,
  "state" text NOT NULL DEFAULT 'NEW',
  CHECK (state IN ('NEW', 'OPEN'))
);

-- rebuild posts: copy its rows
INSERT INTO "_okra_new_posts" ("id", "title", "state")
  SELECT "posts"."id", "posts"."title", CASE "posts"."state" WHEN 'FRESH' THEN 'NEW' ELSE "posts"."state" END FROM "posts";

-- rebuild posts: drop the old table
DROP TABLE "posts";

-- rebuild posts: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild posts: put the new table in its place
ALTER TABLE "_okra_new_posts" RENAME TO "posts";

-- rebuild posts: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index posts by title
CREATE UNIQUE INDEX "posts_title_key" ON "posts" ("title");
