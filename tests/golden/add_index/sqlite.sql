-- add_index: up, sqlite

-- index posts by author
CREATE INDEX "posts_author_idx" ON "posts" ("author");

-- index posts by title, author
CREATE INDEX "posts_title_author_idx" ON "posts" ("title" COLLATE NOCASE DESC, "author");

-- index posts by an expression
CREATE INDEX "posts_by_lower_title" ON "posts" (lower(title));

-- index posts by title
CREATE INDEX "published_posts" ON "posts" ("title") WHERE published = 1;
