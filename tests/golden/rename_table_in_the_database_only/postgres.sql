-- rename_table_in_the_database_only: up, postgres

-- rename table posts to blog_posts
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "blog_posts";

-- rename index posts_pkey to blog_posts_pkey
ALTER INDEX "posts_pkey" RENAME TO "blog_posts_pkey";
