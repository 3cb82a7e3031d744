-- rename_table_in_the_database_only: up, mysql

-- rename table posts to blog_posts
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `blog_posts`;
