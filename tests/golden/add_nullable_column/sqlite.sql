-- add_nullable_column: up, sqlite

-- add column users.nickname
ALTER TABLE "users" ADD COLUMN "nickname" text;
