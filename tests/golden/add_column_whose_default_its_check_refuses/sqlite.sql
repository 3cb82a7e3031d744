-- add_column_whose_default_its_check_refuses: up, sqlite

-- add column users.level
-- ! may fail on existing data: rows of `users` may not satisfy `level > 0`
ALTER TABLE "users" ADD COLUMN "level" integer NOT NULL DEFAULT 0 CHECK (level > 0);
