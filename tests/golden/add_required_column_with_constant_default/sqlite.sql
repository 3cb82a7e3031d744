-- add_required_column_with_constant_default: up, sqlite

-- add column users.role
ALTER TABLE "users" ADD COLUMN "role" text NOT NULL DEFAULT 'it''s';

-- add column users.score
ALTER TABLE "users" ADD COLUMN "score" numeric NOT NULL DEFAULT -1.5;

-- add column users.active
ALTER TABLE "users" ADD COLUMN "active" integer NOT NULL DEFAULT 1;
