-- change_index: down, sqlite

-- drop index i of posts
DROP INDEX "i";

-- drop index j of posts
DROP INDEX "j";

-- index posts by title, author
CREATE INDEX "i" ON "posts" ("title", "author");

-- index posts by author
CREATE INDEX "j" ON "posts" ("author") WHERE author <> '';
