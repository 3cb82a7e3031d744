-- drop_column: up, postgres

-- drop index users_notes_idx of users
DROP INDEX "users_notes_idx";

-- alter table users
--   - column users.legacy
--   - column users.notes
-- ! loses data: drops column `users.legacy` with its values
-- ! breaks code that runs against the old schema: code that uses `users.legacy` fails
-- ! loses data: drops column `users.notes` with its values
-- ! breaks code that runs against the old schema: code that uses `users.notes` fails
ALTER TABLE "users"
  DROP COLUMN "legacy",
  DROP COLUMN "notes";
