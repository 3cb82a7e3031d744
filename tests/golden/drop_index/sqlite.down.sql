-- drop_index: down, sqlite

-- index posts by title
CREATE INDEX "posts_title_idx" ON "posts" ("title");
