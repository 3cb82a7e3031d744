-- drop_enum_value_that_is_the_default: down, postgres

-- add the value DRAFT to type status
ALTER TYPE "status" ADD VALUE 'DRAFT' BEFORE 'DONE';

-- alter table posts
--   ~ column posts.status: default 'DONE' → 'DRAFT'
-- okra: new transaction
ALTER TABLE "posts" ALTER COLUMN "status" SET DEFAULT 'DRAFT';
