-- rename_table_and_turn_updated_at_on: down, sqlite

-- take the updated-at trigger off articles
DROP TRIGGER "articles_changed_trigger";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";
