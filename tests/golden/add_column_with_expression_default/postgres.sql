-- add_column_with_expression_default: up, postgres

-- alter table users
--   + column users.token: text not null default ('t' || 1)
--   + column users.day: text null
ALTER TABLE "users"
  ADD COLUMN "token" text DEFAULT ('t' || 1) NOT NULL,
  ADD COLUMN "day" text;
