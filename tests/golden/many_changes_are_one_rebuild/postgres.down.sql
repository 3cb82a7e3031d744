-- many_changes_are_one_rebuild: down, postgres
-- what the migration took from rows does not come back:
--   NULLs in `users.name` become 'none'
--   drops column `users.old` with its values

-- drop constraints of users
ALTER TABLE "users" DROP CONSTRAINT "users_score_check";

-- alter table users
--   ~ column users.name: not null → null, default 'none' → none
--   + column users.old: text null
ALTER TABLE "users"
  ALTER COLUMN "name" DROP DEFAULT,
  ALTER COLUMN "name" DROP NOT NULL,
  ADD COLUMN "old" text,
  ADD CONSTRAINT "users_age_check" CHECK (age > 0) NOT VALID;

-- index users by email
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "users_email_idx" ON "users" ("email");

-- see that all rows of users satisfy users_age_check
-- ! may fail on existing data: rows of `users` may not satisfy `age > 0`
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_age_check";

-- drop constraints of users
-- okra: new transaction
ALTER TABLE "users" DROP CONSTRAINT "users_email_key";

-- alter table users
--   - column users.score
-- ! loses data: drops column `users.score` with its values
-- ! breaks code that runs against the old schema: code that uses `users.score` fails
-- okra: new transaction
ALTER TABLE "users" DROP COLUMN "score";
