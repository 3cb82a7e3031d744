-- make_column_required_with_default: up, postgres

-- alter table users
--   ~ column users.age: null → not null, default none → 30
ALTER TABLE "users"
  ALTER COLUMN "age" SET DEFAULT 30,
  ADD CONSTRAINT "_okra_required_age" CHECK ("age" IS NOT NULL) NOT VALID;

-- give rows of users without age a value
-- ! changes data: NULLs in `users.age` become 30
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
-- okra: new transaction
UPDATE "users" SET "age" = DEFAULT WHERE "age" IS NULL;

-- see that all rows of users have age
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_age";

-- require age of users
-- okra: new transaction
ALTER TABLE "users" ALTER COLUMN "age" SET NOT NULL;

-- age of users needs no check any more
ALTER TABLE "users" DROP CONSTRAINT "_okra_required_age";
