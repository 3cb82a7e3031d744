-- make_column_required: up, postgres

-- alter table users
--   ~ column users.email: null → not null
-- ! breaks code that runs against the old schema: code that leaves `users.email` out or empty fails
ALTER TABLE "users" ADD CONSTRAINT "_okra_required_email" CHECK ("email" IS NOT NULL) NOT VALID;

-- see that all rows of users have email
-- ! may fail on existing data: `users.email` becomes required: fails if a row has NULL there
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_email";

-- require email of users
-- okra: new transaction
ALTER TABLE "users" ALTER COLUMN "email" SET NOT NULL;

-- email of users needs no check any more
ALTER TABLE "users" DROP CONSTRAINT "_okra_required_email";
