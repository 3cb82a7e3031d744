-- add_column_whose_default_its_check_refuses: up, postgres

-- alter table users
--   + column users.level: integer not null default 0
ALTER TABLE "users"
  ADD COLUMN "level" integer DEFAULT 0 NOT NULL,
  ADD CONSTRAINT "users_level_check" CHECK (level > 0) NOT VALID;

-- see that all rows of users satisfy users_level_check
-- ! may fail on existing data: rows of `users` may not satisfy `level > 0`
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_level_check";
