-- add_nullable_column: up, postgres

-- alter table users
--   + column users.nickname: text null
ALTER TABLE "users" ADD COLUMN "nickname" text;
