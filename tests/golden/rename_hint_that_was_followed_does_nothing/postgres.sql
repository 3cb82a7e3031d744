-- rename_hint_that_was_followed_does_nothing: up, postgres

-- alter table users
--   + column users.username: text null
ALTER TABLE "users" ADD COLUMN "username" text;
