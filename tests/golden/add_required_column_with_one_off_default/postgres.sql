-- add_required_column_with_one_off_default: up, postgres

-- alter table users
--   + column users.name: text not null, rows get split_part(email, '@', 1)
-- ! breaks code that runs against the old schema: code that inserts into `users` without `name` fails
-- ! rewrites the table: writes all rows of `users` anew; nobody else can use it meanwhile
ALTER TABLE "users"
  ADD COLUMN "name" text,
  ADD CONSTRAINT "_okra_required_name" CHECK ("name" IS NOT NULL) NOT VALID;

-- give rows of users without name a value
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
-- okra: new transaction
UPDATE "users" SET "name" = split_part(email, '@', 1) WHERE "name" IS NULL;

-- see that all rows of users have name
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_name";

-- require name of users
-- okra: new transaction
ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;

-- name of users needs no check any more
ALTER TABLE "users" DROP CONSTRAINT "_okra_required_name";
