-- rename_tables_in_a_chain: down, mysql

-- rename table posts to drafts
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
RENAME TABLE `posts` TO `drafts`;

-- rename table articles to posts
-- ! breaks code that runs against the old schema: code that uses the name `articles` fails
RENAME TABLE `articles` TO `posts`;
