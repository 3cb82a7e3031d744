-- make_index_unique: up, sqlite

-- drop index users_email of users
DROP INDEX "users_email";

-- unique index users by email
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email`
CREATE UNIQUE INDEX "users_email" ON "users" ("email");
