-- rename_table_in_the_database_only: down, postgres

-- rename table blog_posts to posts
-- ! breaks code that runs against the old schema: code that uses the name `blog_posts` fails
ALTER TABLE "blog_posts" RENAME TO "posts";

-- rename index blog_posts_pkey to posts_pkey
ALTER INDEX "blog_posts_pkey" RENAME TO "posts_pkey";
