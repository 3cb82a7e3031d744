-- add_check: up, postgres

-- alter table users
ALTER TABLE "users"
  ADD CONSTRAINT "users_age_check" CHECK (age >= 0) NOT VALID,
  ADD CONSTRAINT "age_is_human" CHECK (age < 200) NOT VALID;

-- see that all rows of users satisfy users_age_check
-- ! may fail on existing data: rows of `users` may not satisfy `age >= 0`
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_age_check";

-- see that all rows of users satisfy age_is_human
-- ! may fail on existing data: rows of `users` may not satisfy `age < 200`
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "age_is_human";
