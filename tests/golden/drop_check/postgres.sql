-- drop_check: up, postgres

-- drop constraints of users
ALTER TABLE "users" DROP CONSTRAINT "users_age_check";
