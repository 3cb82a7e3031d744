-- rename_table_and_turn_updated_at_on: up, postgres

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename index posts_pkey to articles_pkey
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";

-- how columns called changed are kept
CREATE OR REPLACE FUNCTION "_okra_touch_changed"() RETURNS trigger
  LANGUAGE plpgsql AS $okra$
BEGIN
  IF NEW."changed" IS DISTINCT FROM OLD."changed" OR NEW OPERATOR(pg_catalog.*=) OLD THEN
    RETURN NEW;
  END IF;
  IF TG_NARGS > 0 AND pg_catalog.to_jsonb(NEW) - TG_ARGV = pg_catalog.to_jsonb(OLD) - TG_ARGV THEN
    RETURN NEW;
  END IF;
  NEW."changed" := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$okra$;

-- keep the updated-at column of articles
CREATE TRIGGER "_okra_updated_at_changed" BEFORE UPDATE ON "articles"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_changed"();
