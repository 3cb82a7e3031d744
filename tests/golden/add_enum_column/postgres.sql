-- add_enum_column: up, postgres

-- create type status
CREATE TYPE "status" AS ENUM ('DRAFT', 'it''s out');

-- alter table posts
--   + column posts.status: status not null default 'DRAFT'
--   + column posts.former: status null
ALTER TABLE "posts"
  ADD COLUMN "status" status DEFAULT 'DRAFT' NOT NULL,
  ADD COLUMN "former" status;
