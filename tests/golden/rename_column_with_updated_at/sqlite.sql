-- rename_column_with_updated_at: up, sqlite

-- take the updated-at trigger off posts
DROP TRIGGER "posts_updated_at_trigger";

-- rename column posts.updated_at to changed_at
-- ! breaks code that runs against the old schema: code that uses the name `posts.updated_at` fails
ALTER TABLE "posts" RENAME COLUMN "updated_at" TO "changed_at";

-- keep the updated-at column of posts
CREATE TRIGGER "posts_changed_at_trigger" AFTER UPDATE ON "posts" FOR EACH ROW
WHEN NEW."changed_at" IS OLD."changed_at" AND NEW."changed_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "posts" SET "changed_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
