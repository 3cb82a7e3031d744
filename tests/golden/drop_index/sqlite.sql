-- drop_index: up, sqlite

-- drop index posts_title_idx of posts
DROP INDEX "posts_title_idx";
