-- add_unique_column: up, postgres

-- alter table users
--   + column users.email: text null
ALTER TABLE "users" ADD COLUMN "email" text;

-- unique index users by email
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "users" ("email");

-- change keys of users
-- okra: new transaction
ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";
