-- add_column_with_check: up, sqlite

-- add column users.age
ALTER TABLE "users" ADD COLUMN "age" integer CHECK (age >= 0);

-- add column users.level
ALTER TABLE "users" ADD COLUMN "level" integer NOT NULL DEFAULT 1 CONSTRAINT "level_is_positive" CHECK (level > 0);
