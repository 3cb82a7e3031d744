-- add_unique: down, sqlite

-- drop index users_email_key of users
DROP INDEX "users_email_key";

-- drop index users_team_id_key of users
DROP INDEX "users_team_id_key";

-- drop index first_of_team of users
DROP INDEX "first_of_team";
