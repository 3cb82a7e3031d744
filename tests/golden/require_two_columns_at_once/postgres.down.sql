-- require_two_columns_at_once: down, postgres
-- what the migration took from rows does not come back:
--   NULLs in `users.name` become 'nobody'
--   NULLs in `users.age` become 0

-- alter table users
--   ~ column users.name: not null → null, default 'nobody' → none
--   ~ column users.age: not null → null, default 0 → none
ALTER TABLE "users"
  ALTER COLUMN "name" DROP DEFAULT,
  ALTER COLUMN "name" DROP NOT NULL,
  ALTER COLUMN "age" DROP DEFAULT,
  ALTER COLUMN "age" DROP NOT NULL;
