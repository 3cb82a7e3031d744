-- rename_table_with_updated_at_only: up, postgres

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename index posts_pkey to articles_pkey
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";
