-- add_and_drop_updated_at: down, sqlite

-- take the updated-at trigger off posts
DROP TRIGGER "posts_changed_at_trigger";

-- keep the updated-at column of posts
CREATE TRIGGER "posts_seen_at_trigger" AFTER UPDATE ON "posts" FOR EACH ROW
WHEN NEW."seen_at" IS OLD."seen_at" AND NEW."seen_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "posts" SET "seen_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
