-- drop_column_with_check: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `users.age` with its values

-- add column users.age
ALTER TABLE "users" ADD COLUMN "age" integer CHECK (age >= 0);
