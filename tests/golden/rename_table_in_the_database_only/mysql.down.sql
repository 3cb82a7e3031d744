-- rename_table_in_the_database_only: down, mysql

-- rename table blog_posts to posts
-- ! breaks code that runs against the old schema: code that uses the name `blog_posts` fails
RENAME TABLE `blog_posts` TO `posts`;
