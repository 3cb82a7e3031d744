-- rename_enum_value: down, postgres

-- rename the value WRITING of type status to DRAFT
-- ! breaks code that runs against the old schema: `status` has 'DRAFT' in place of 'WRITING'
ALTER TYPE "status" RENAME VALUE 'WRITING' TO 'DRAFT';

-- alter table posts
--   ~ column posts.status: default 'WRITING' → 'DRAFT'
ALTER TABLE "posts" ALTER COLUMN "status" SET DEFAULT 'DRAFT';
