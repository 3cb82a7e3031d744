-- add_optional_relation: down, postgres

-- drop the foreign key of posts to users
ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";

-- alter table posts
--   - column posts.author_id
-- ! loses data: drops column `posts.author_id` with its values
-- ! breaks code that runs against the old schema: code that uses `posts.author_id` fails
ALTER TABLE "posts" DROP COLUMN "author_id";
