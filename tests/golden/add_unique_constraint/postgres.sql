-- add_unique_constraint: up, postgres

-- unique index users by email
-- ! may fail on existing data: rows of `users` may have the same `email`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "users" ("email");

-- change keys of users
-- okra: new transaction
ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";
