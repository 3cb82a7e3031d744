-- drop_index: down, postgres

-- index posts by title
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "posts_title_idx" ON "posts" ("title");
