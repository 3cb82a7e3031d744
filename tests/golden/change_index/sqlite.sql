-- change_index: up, sqlite

-- drop index i of posts
DROP INDEX "i";

-- drop index j of posts
DROP INDEX "j";

-- index posts by author, title
CREATE INDEX "i" ON "posts" ("author", "title");

-- index posts by author
CREATE INDEX "j" ON "posts" ("author") WHERE author > '';
