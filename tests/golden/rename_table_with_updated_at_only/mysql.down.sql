-- rename_table_with_updated_at_only: down, mysql

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
RENAME TABLE `articles` TO `posts`;
