-- rename_index: down, postgres

-- rename index posts_by_title to by_title
ALTER INDEX "posts_by_title" RENAME TO "by_title";
