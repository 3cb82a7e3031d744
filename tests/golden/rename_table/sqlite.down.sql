-- rename_table: down, sqlite

-- take the updated-at trigger off articles
DROP TRIGGER "articles_updated_at_trigger";

-- drop index articles_slug_key of articles
DROP INDEX "articles_slug_key";

-- drop index articles_title_idx of articles
DROP INDEX "articles_title_idx";

-- drop index comments_article_id_idx of comments
DROP INDEX "comments_article_id_idx";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename column comments.article_id to post_id
-- ! breaks code that runs against the old schema: code that uses the name `comments.article_id` fails
ALTER TABLE "comments" RENAME COLUMN "article_id" TO "post_id";

-- unique index posts by slug
CREATE UNIQUE INDEX "posts_slug_key" ON "posts" ("slug");

-- index posts by title
CREATE INDEX "posts_title_idx" ON "posts" ("title");

-- index comments by post_id
CREATE INDEX "comments_post_id_idx" ON "comments" ("post_id");

-- keep the updated-at column of posts
CREATE TRIGGER "posts_updated_at_trigger" AFTER UPDATE ON "posts" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "posts" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
