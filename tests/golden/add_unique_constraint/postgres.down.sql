-- add_unique_constraint: down, postgres

-- drop constraints of users
-- okra: new transaction
ALTER TABLE "users" DROP CONSTRAINT "users_email_key";
