-- rename_table_with_updated_at_only: down, sqlite

-- take the updated-at trigger off articles
DROP TRIGGER "articles_updated_at_trigger";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- keep the updated-at column of posts
CREATE TRIGGER "posts_updated_at_trigger" AFTER UPDATE ON "posts" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "posts" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
