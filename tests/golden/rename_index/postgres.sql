-- rename_index: up, postgres

-- rename index by_title to posts_by_title
ALTER INDEX "by_title" RENAME TO "posts_by_title";
