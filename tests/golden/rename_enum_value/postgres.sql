-- rename_enum_value: up, postgres

-- rename the value DRAFT of type status to WRITING
-- ! breaks code that runs against the old schema: `status` has 'WRITING' in place of 'DRAFT'
ALTER TYPE "status" RENAME VALUE 'DRAFT' TO 'WRITING';

-- alter table posts
--   ~ column posts.status: default 'DRAFT' → 'WRITING'
ALTER TABLE "posts" ALTER COLUMN "status" SET DEFAULT 'WRITING';
