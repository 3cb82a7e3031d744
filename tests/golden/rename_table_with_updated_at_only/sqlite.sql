-- rename_table_with_updated_at_only: up, sqlite

-- take the updated-at trigger off posts
DROP TRIGGER "posts_updated_at_trigger";

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- keep the updated-at column of articles
CREATE TRIGGER "articles_updated_at_trigger" AFTER UPDATE ON "articles" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "articles" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
