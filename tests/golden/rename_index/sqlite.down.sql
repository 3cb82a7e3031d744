-- rename_index: down, sqlite

-- drop index posts_by_title of posts
DROP INDEX "posts_by_title";

-- index posts by title
CREATE INDEX "by_title" ON "posts" ("title");
