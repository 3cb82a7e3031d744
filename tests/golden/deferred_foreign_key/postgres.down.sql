-- deferred_foreign_key: down, postgres

-- drop the foreign key of posts to users
ALTER TABLE "posts" DROP CONSTRAINT "posts_author_id_fkey";

-- foreign key of posts to users
ALTER TABLE "posts" ADD CONSTRAINT "posts_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED NOT VALID;

-- see that users has what posts refers to
-- okra: new transaction
ALTER TABLE "posts" VALIDATE CONSTRAINT "posts_author_id_fkey";
