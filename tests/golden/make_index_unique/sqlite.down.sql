-- make_index_unique: down, sqlite

-- drop index users_email of users
DROP INDEX "users_email";

-- index users by email
CREATE INDEX "users_email" ON "users" ("email");
