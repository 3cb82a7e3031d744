-- rename_table_with_updated_at_only: up, mysql

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `articles`;
