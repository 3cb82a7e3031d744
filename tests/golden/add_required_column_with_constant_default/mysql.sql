-- add_required_column_with_constant_default: up, mysql

-- change table users: 3 changes
--   + column users.role: varchar(255) not null default 'it''s'
--   + column users.score: decimal(6,2) not null default -1.50
--   + column users.active: tinyint(1) not null default 1
ALTER TABLE `users`
  ADD COLUMN `role` varchar(255) NOT NULL DEFAULT 'it''s',
  ADD COLUMN `score` decimal(6,2) NOT NULL DEFAULT -1.50,
  ADD COLUMN `active` tinyint(1) NOT NULL DEFAULT 1,
  ALGORITHM=INSTANT;
