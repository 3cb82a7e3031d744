-- add_unique: down, postgres

-- drop index first_of_team of users
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "first_of_team";

-- drop constraints of users
-- okra: new transaction
ALTER TABLE "users"
  DROP CONSTRAINT "users_email_key",
  DROP CONSTRAINT "users_team_id_key";
