-- make_column_optional: up, postgres

-- alter table users
--   ~ column users.email: not null → null
ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL;
