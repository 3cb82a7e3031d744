-- rename_table_with_updated_at_only: down, postgres

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename index articles_pkey to posts_pkey
ALTER INDEX "articles_pkey" RENAME TO "posts_pkey";
