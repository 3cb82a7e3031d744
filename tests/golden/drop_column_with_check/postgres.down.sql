-- drop_column_with_check: down, postgres
-- what the migration took from rows does not come back:
--   drops column `users.age` with its values

-- alter table users
--   + column users.age: integer null
ALTER TABLE "users"
  ADD COLUMN "age" integer,
  ADD CONSTRAINT "users_age_check" CHECK (age >= 0) NOT VALID;

-- see that all rows of users satisfy users_age_check
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_age_check";
