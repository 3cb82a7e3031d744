-- add_column_with_check: up, postgres

-- alter table users
--   + column users.age: integer null
--   + column users.level: integer not null default 1
ALTER TABLE "users"
  ADD COLUMN "age" integer,
  ADD COLUMN "level" integer DEFAULT 1 NOT NULL,
  ADD CONSTRAINT "users_age_check" CHECK (age >= 0) NOT VALID,
  ADD CONSTRAINT "level_is_positive" CHECK (level > 0) NOT VALID;

-- see that all rows of users satisfy users_age_check
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_age_check";

-- see that all rows of users satisfy level_is_positive
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "level_is_positive";
