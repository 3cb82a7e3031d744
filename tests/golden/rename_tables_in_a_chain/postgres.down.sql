-- rename_tables_in_a_chain: down, postgres

-- rename table posts to drafts
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "drafts";

-- rename index posts_pkey to drafts_pkey
ALTER INDEX "posts_pkey" RENAME TO "drafts_pkey";

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
ALTER TABLE "articles" RENAME TO "posts";

-- rename index articles_pkey to posts_pkey
ALTER INDEX "articles_pkey" RENAME TO "posts_pkey";
