-- rename_hint_that_was_followed_does_nothing: up, sqlite

-- add column users.username
ALTER TABLE "users" ADD COLUMN "username" text;
