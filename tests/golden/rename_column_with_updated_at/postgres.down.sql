-- rename_column_with_updated_at: down, postgres

-- take the updated-at trigger off posts
DROP TRIGGER "_okra_updated_at_changed_at" ON "posts";

-- rename column posts.changed_at to updated_at
-- ! breaks code that runs against the old schema: code that uses the name `posts.changed_at` fails
ALTER TABLE "posts" RENAME COLUMN "changed_at" TO "updated_at";

-- how columns called updated_at are kept
CREATE OR REPLACE FUNCTION "_okra_touch_updated_at"() RETURNS trigger
  LANGUAGE plpgsql AS $okra$
BEGIN
  IF NEW."updated_at" IS DISTINCT FROM OLD."updated_at" OR NEW OPERATOR(pg_catalog.*=) OLD THEN
    RETURN NEW;
  END IF;
  IF TG_NARGS > 0 AND pg_catalog.to_jsonb(NEW) - TG_ARGV = pg_catalog.to_jsonb(OLD) - TG_ARGV THEN
    RETURN NEW;
  END IF;
  NEW."updated_at" := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$okra$;

-- keep the updated-at column of posts
CREATE TRIGGER "_okra_updated_at_updated_at" BEFORE UPDATE ON "posts"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_updated_at"();

-- drop the function for columns called changed_at, if nothing uses it
DO $okra$
BEGIN
  DROP FUNCTION "_okra_touch_changed_at"();
EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
END
$okra$;
