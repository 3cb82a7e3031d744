-- make_index_unique: up, postgres

-- unique index users by email
-- ! may fail on existing data: rows of `users` may have the same `email`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_users_email" ON "users" ("email");

-- drop index users_email of users
-- okra: new transaction
DROP INDEX "users_email";

-- change keys of users
ALTER TABLE "users" ADD CONSTRAINT "users_email" UNIQUE USING INDEX "_okra_new_users_email";
