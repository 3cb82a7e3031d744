-- rename_tables_in_a_chain: up, mysql

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `articles`;

-- rename table drafts to posts
-- ! breaks code that runs against the old schema: code that uses the name `drafts` fails
RENAME TABLE `drafts` TO `posts`;
