-- add_and_drop_updated_at: up, sqlite

-- take the updated-at trigger off posts
DROP TRIGGER "posts_seen_at_trigger";

-- keep the updated-at column of posts
CREATE TRIGGER "posts_changed_at_trigger" AFTER UPDATE ON "posts" FOR EACH ROW
WHEN NEW."changed_at" IS OLD."changed_at" AND NEW."changed_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "posts" SET "changed_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
