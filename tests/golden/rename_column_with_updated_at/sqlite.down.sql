-- rename_column_with_updated_at: down, sqlite

-- take the updated-at trigger off posts
DROP TRIGGER "posts_changed_at_trigger";

-- rename column posts.changed_at to updated_at
-- ! breaks code that runs against the old schema: code that uses the name `posts.changed_at` fails
ALTER TABLE "posts" RENAME COLUMN "changed_at" TO "updated_at";

-- keep the updated-at column of posts
CREATE TRIGGER "posts_updated_at_trigger" AFTER UPDATE ON "posts" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "posts" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
