-- 20240311_174531: down, postgres

-- drop table profiles
-- ! loses data: drops table `profiles` with all its rows
-- ! breaks code that runs against the old schema: code that uses `profiles` fails
DROP TABLE "profiles";

-- drop index posts_published_created_at_idx of posts
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "posts_published_created_at_idx";

-- drop index posts_author_id_idx of posts
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "posts_author_id_idx";

-- drop index tags_name_idx of tags
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "tags_name_idx";
