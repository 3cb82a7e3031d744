-- make_index_unique: down, postgres

-- index users by email
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "_okra_new_users_email" ON "users" ("email");

-- change keys of users
-- okra: new transaction
ALTER TABLE "users" DROP CONSTRAINT "users_email";

-- the new index takes the name users_email
ALTER INDEX "_okra_new_users_email" RENAME TO "users_email";
