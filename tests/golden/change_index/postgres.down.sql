-- change_index: down, postgres

-- index posts by title, author
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "_okra_new_i" ON "posts" ("title", "author");

-- index posts by author
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "_okra_new_j" ON "posts" ("author") WHERE author <> '';

-- drop index i of posts
-- okra: new transaction
DROP INDEX "i";

-- drop index j of posts
DROP INDEX "j";

-- the new index takes the name i
ALTER INDEX "_okra_new_i" RENAME TO "i";

-- the new index takes the name j
ALTER INDEX "_okra_new_j" RENAME TO "j";
