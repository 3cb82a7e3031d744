-- rebuild_keeps_the_updated_at_trigger: up, postgres

-- alter table posts
--   ~ column posts.title: not null → null
ALTER TABLE "posts" ALTER COLUMN "title" DROP NOT NULL;
