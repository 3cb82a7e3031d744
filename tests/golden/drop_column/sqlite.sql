-- drop_column: up, sqlite

-- drop index users_notes_idx of users
DROP INDEX "users_notes_idx";

-- drop column users.legacy
-- ! loses data: drops column `users.legacy` with its values
-- ! breaks code that runs against the old schema: code that uses `users.legacy` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "legacy";

-- drop column users.notes
-- ! loses data: drops column `users.notes` with its values
-- ! breaks code that runs against the old schema: code that uses `users.notes` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "notes";
