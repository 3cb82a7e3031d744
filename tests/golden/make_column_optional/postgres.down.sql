-- make_column_optional: down, postgres

-- alter table users
--   ~ column users.email: null → not null
-- ! breaks code that runs against the old schema: code that leaves `users.email` out or empty fails
ALTER TABLE "users" ADD CONSTRAINT "_okra_required_email" CHECK ("email" IS NOT NULL) NOT VALID;

-- give rows of users without email a value
-- ! changes data: NULLs in `users.email` become ''
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
-- okra: new transaction
UPDATE "users" SET "email" = '' WHERE "email" IS NULL;

-- see that all rows of users have email
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_email";

-- require email of users
-- okra: new transaction
ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;

-- email of users needs no check any more
ALTER TABLE "users" DROP CONSTRAINT "_okra_required_email";
