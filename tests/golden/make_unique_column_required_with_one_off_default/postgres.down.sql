-- make_unique_column_required_with_one_off_default: down, postgres
-- what the migration took from rows does not come back:
--   NULLs in `users.email` become 'nobody-' || id

-- alter table users
--   ~ column users.email: not null → null
ALTER TABLE "users" ALTER COLUMN "email" DROP NOT NULL;
