-- add_index: down, sqlite

-- drop index posts_author_idx of posts
DROP INDEX "posts_author_idx";

-- drop index posts_title_author_idx of posts
DROP INDEX "posts_title_author_idx";

-- drop index posts_by_lower_title of posts
DROP INDEX "posts_by_lower_title";

-- drop index published_posts of posts
DROP INDEX "published_posts";
