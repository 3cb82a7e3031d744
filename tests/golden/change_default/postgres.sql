-- change_default: up, postgres

-- alter table users
--   ~ column users.role: default 'user' → 'guest'
ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'guest';
