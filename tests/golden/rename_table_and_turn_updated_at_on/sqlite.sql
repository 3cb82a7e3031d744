-- rename_table_and_turn_updated_at_on: up, sqlite

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- keep the updated-at column of articles
CREATE TRIGGER "articles_changed_trigger" AFTER UPDATE ON "articles" FOR EACH ROW
WHEN NEW."changed" IS OLD."changed" AND NEW."changed" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "articles" SET "changed" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
