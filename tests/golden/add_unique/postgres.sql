-- add_unique: up, postgres

-- unique index users by email
-- ! may fail on existing data: rows of `users` may have the same `email`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "users" ("email");

-- unique index users by team, id
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_team_id_key" ON "users" ("team", "id");

-- unique index users by team
-- ! may fail on existing data: rows of `users` may have the same `team`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "first_of_team" ON "users" ("team") WHERE email = '';

-- change keys of users
-- okra: new transaction
ALTER TABLE "users"
  ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key",
  ADD CONSTRAINT "users_team_id_key" UNIQUE USING INDEX "users_team_id_key";
