-- rename_table_and_turn_updated_at_on: down, postgres

-- take the updated-at trigger off articles
DROP TRIGGER "_okra_updated_at_changed" ON "articles";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename index articles_pkey to posts_pkey
ALTER INDEX "articles_pkey" RENAME TO "posts_pkey";

-- drop the function for columns called changed, if nothing uses it
DO $okra$
BEGIN
  DROP FUNCTION "_okra_touch_changed"();
EXCEPTION WHEN dependent_objects_still_exist THEN NULL;
END
$okra$;
