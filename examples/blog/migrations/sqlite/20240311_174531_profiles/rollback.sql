-- 20240311_174531: down, sqlite

-- drop index posts_published_created_at_idx of posts
DROP INDEX "posts_published_created_at_idx";

-- drop index posts_author_id_idx of posts
DROP INDEX "posts_author_id_idx";

-- drop index tags_name_idx of tags
DROP INDEX "tags_name_idx";

-- drop table profiles
-- ! loses data: drops table `profiles` with all its rows
-- ! breaks code that runs against the old schema: code that uses `profiles` fails
DROP TABLE "profiles";
