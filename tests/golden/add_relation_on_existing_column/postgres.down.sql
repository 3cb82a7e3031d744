-- add_relation_on_existing_column: down, postgres

-- drop the foreign key of posts to users
ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";
