-- drop_index: up, postgres

-- drop index posts_title_idx of posts
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "posts_title_idx";
