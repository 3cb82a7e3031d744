-- many_changes_are_one_rebuild: up, postgres

-- drop constraints of users
ALTER TABLE "users" DROP CONSTRAINT "users_age_check";

-- alter table users
--   ~ column users.name: null → not null, default none → 'none'
--   + column users.score: integer not null default 0
ALTER TABLE "users"
  ALTER COLUMN "name" SET DEFAULT 'none',
  ADD COLUMN "score" integer DEFAULT 0 NOT NULL,
  ADD CONSTRAINT "_okra_required_name" CHECK ("name" IS NOT NULL) NOT VALID,
  ADD CONSTRAINT "users_score_check" CHECK (score >= 0) NOT VALID;

-- give rows of users without name a value
-- ! changes data: NULLs in `users.name` become 'none'
-- ! may fail on existing data: rows of `users` may not satisfy `score >= 0`
-- ! blocks writes or reads: writes to rows of `users` wait while those get their values
-- okra: new transaction
UPDATE "users" SET "name" = DEFAULT WHERE "name" IS NULL;

-- see that all rows of users have name
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "_okra_required_name";

-- require name of users
-- okra: new transaction
ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;

-- name of users needs no check any more
ALTER TABLE "users" DROP CONSTRAINT "_okra_required_name";

-- unique index users by email
-- ! may fail on existing data: rows of `users` may have the same `email`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "users" ("email");

-- change keys of users
-- okra: new transaction
ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";

-- see that all rows of users satisfy users_score_check
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_score_check";

-- drop index users_email_idx of users
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "users_email_idx";

-- alter table users
--   - column users.old
-- ! loses data: drops column `users.old` with its values
-- ! breaks code that runs against the old schema: code that uses `users.old` fails
-- okra: new transaction
ALTER TABLE "users" DROP COLUMN "old";
