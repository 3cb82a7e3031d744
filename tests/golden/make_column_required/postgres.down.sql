-- make_column_required: down, postgres

-- alter table users
--   ~ column users.email: not null → null
ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL;
