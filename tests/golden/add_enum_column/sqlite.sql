-- add_enum_column: up, sqlite

-- add column posts.status
ALTER TABLE "posts" ADD COLUMN "status" text NOT NULL DEFAULT 'DRAFT' CHECK (status IN ('DRAFT', 'it''s out'));

-- add column posts.former
ALTER TABLE "posts" ADD COLUMN "former" text CHECK (former IN ('DRAFT', 'it''s out'));
