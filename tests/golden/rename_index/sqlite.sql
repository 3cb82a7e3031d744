-- rename_index: up, sqlite

-- drop index by_title of posts
DROP INDEX "by_title";

-- index posts by title
CREATE INDEX "posts_by_title" ON "posts" ("title");
