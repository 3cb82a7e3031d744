-- add_enum_column: up, mysql

-- change table posts: 2 changes
--   + column posts.status: enum('DRAFT','it''s out') not null default 'DRAFT'
--   + column posts.former: enum('DRAFT','it''s out') null
ALTER TABLE `posts`
  ADD COLUMN `status` enum('DRAFT','it''s out') NOT NULL DEFAULT 'DRAFT',
  ADD COLUMN `former` enum('DRAFT','it''s out') NULL,
  ALGORITHM=INSTANT;
