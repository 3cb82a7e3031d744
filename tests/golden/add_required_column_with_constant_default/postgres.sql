-- add_required_column_with_constant_default: up, postgres

-- alter table users
--   + column users.role: text not null default 'it''s'
--   + column users.score: numeric(6,2) not null default -1.50
--   + column users.active: boolean not null default true
ALTER TABLE "users"
  ADD COLUMN "role" text DEFAULT 'it''s' NOT NULL,
  ADD COLUMN "score" numeric(6,2) DEFAULT -1.50 NOT NULL,
  ADD COLUMN "active" boolean DEFAULT true NOT NULL;
