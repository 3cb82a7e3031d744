-- add_check: down, postgres

-- drop constraints of users
ALTER TABLE "users"
  DROP CONSTRAINT "users_age_check",
  DROP CONSTRAINT "age_is_human";
