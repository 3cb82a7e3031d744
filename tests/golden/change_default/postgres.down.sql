-- change_default: down, postgres

-- alter table users
--   ~ column users.role: default 'guest' → 'user'
ALTER TABLE "users" ALTER COLUMN "role" SET DEFAULT 'user';
