-- rename_table_and_column_and_change_enum: up, sqlite

-- drop index posts_title_key of posts
DROP INDEX "posts_title_key";

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename column articles.state to status
-- ! breaks code that runs against the old schema: code that uses the name `articles.state` fails
ALTER TABLE "articles" RENAME COLUMN "state" TO "status";

-- rename column articles.title to headline
-- ! breaks code that runs against the old schema: code that uses the name `articles.title` fails
ALTER TABLE "articles" RENAME COLUMN "title" TO "headline";

-- rebuild articles: make the new table
--   - check articles (status IN ('NEW', 'OPEN'))
--   ~ column articles.status: default 'NEW' → 'FRESH'
--   + check articles (status IN ('CLOSED', 'FRESH', 'OPEN'))
--   > unique index posts_title_key → articles_headline_key
--   > value articles.status: 'NEW' → 'FRESH'
-- ! breaks code that runs against the old schema: `articles.status` holds 'FRESH' in place of 'NEW'
-- ! rewrites the table: copies all rows of `articles`; nobody else can write meanwhile
CREATE TABLE "_okra_new_articles" (
  "id" integer NOT NULL PRIMARY KEY,
  "headline" text NOT NULL,
  "status" text NOT NULL DEFAULT 'FRESH',
  CHECK (status IN ('CLOSED', 'FRESH', 'OPEN'))
);

-- rebuild articles: copy its rows
INSERT INTO "_okra_new_articles" ("id", "headline", "status")
  SELECT "articles"."id", "articles"."headline", CASE "articles"."status" WHEN 'NEW' THEN 'FRESH' ELSE "articles"."status" END FROM "articles";

-- rebuild articles: drop the old table
DROP TABLE "articles";

-- rebuild articles: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild articles: put the new table in its place
ALTER TABLE "_okra_new_articles" RENAME TO "articles";

-- rebuild articles: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index articles by headline
CREATE UNIQUE INDEX "articles_headline_key" ON "articles" ("headline");
