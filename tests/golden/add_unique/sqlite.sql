-- add_unique: up, sqlite

-- unique index users by email
-- ! may fail on existing data: `users` may have rows with equal `email`: index `users_email_key`
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");

-- unique index users by team, id
CREATE UNIQUE INDEX "users_team_id_key" ON "users" ("team", "id");

-- unique index users by team
-- ! may fail on existing data: `users` may have rows with equal `team`: index `first_of_team`
CREATE UNIQUE INDEX "first_of_team" ON "users" ("team") WHERE email = '';
