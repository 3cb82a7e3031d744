-- rename_table: up, sqlite

-- take the updated-at trigger off posts
DROP TRIGGER "posts_updated_at_trigger";

-- drop index posts_slug_key of posts
DROP INDEX "posts_slug_key";

-- drop index posts_title_idx of posts
DROP INDEX "posts_title_idx";

-- drop index comments_post_id_idx of comments
DROP INDEX "comments_post_id_idx";

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename column comments.post_id to article_id
-- ! breaks code that runs against the old schema: code that uses the name `comments.post_id` fails
ALTER TABLE "comments" RENAME COLUMN "post_id" TO "article_id";

-- unique index articles by slug
CREATE UNIQUE INDEX "articles_slug_key" ON "articles" ("slug");

-- index articles by title
CREATE INDEX "articles_title_idx" ON "articles" ("title");

-- index comments by article_id
CREATE INDEX "comments_article_id_idx" ON "comments" ("article_id");

-- keep the updated-at column of articles
CREATE TRIGGER "articles_updated_at_trigger" AFTER UPDATE ON "articles" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "articles" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
