-- rename_table_in_the_database_only: up, sqlite

-- rename table posts to blog_posts
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "blog_posts";
