-- make_column_required_with_default: down, postgres
-- what the migration took from rows does not come back:
--   NULLs in `users.age` become 30

-- alter table users
--   ~ column users.age: not null → null, default 30 → none
ALTER TABLE "users"
  ALTER COLUMN "age" DROP DEFAULT,
  ALTER COLUMN "age" DROP NOT NULL;
