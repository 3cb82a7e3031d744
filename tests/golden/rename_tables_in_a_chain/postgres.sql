-- rename_tables_in_a_chain: up, postgres

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename index posts_pkey to articles_pkey
ALTER INDEX "posts_pkey" RENAME TO "articles_pkey";

-- rename table drafts to posts
-- ! breaks code that runs against the old schema: code that uses the name `drafts` fails
ALTER TABLE "drafts" RENAME TO "posts";

-- rename index drafts_pkey to posts_pkey
ALTER INDEX "drafts_pkey" RENAME TO "posts_pkey";
