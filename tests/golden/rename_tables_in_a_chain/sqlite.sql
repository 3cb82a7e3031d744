-- rename_tables_in_a_chain: up, sqlite

-- rename table posts to articles
-- ! breaks code that runs against the old schema: code that uses the name `posts` fails
ALTER TABLE "posts" RENAME TO "articles";

-- rename table drafts to posts
-- ! breaks code that runs against the old schema: code that uses the name `drafts` fails
ALTER TABLE "drafts" RENAME TO "posts";
