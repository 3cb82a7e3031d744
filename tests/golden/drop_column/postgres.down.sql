-- drop_column: down, postgres
-- what the migration took from rows does not come back:
--   drops column `users.legacy` with its values
--   drops column `users.notes` with its values

-- alter table users
--   + column users.legacy: text not null default 'x'
--   + column users.notes: text not null, rows get ''
-- ! breaks code that runs against the old schema: code that inserts into `users` without `notes` fails
ALTER TABLE "users"
  ADD COLUMN "legacy" text DEFAULT 'x' NOT NULL,
  ADD COLUMN "notes" text DEFAULT '' NOT NULL;

-- new rows of users get no such notes by themselves
ALTER TABLE "users" ALTER COLUMN "notes" DROP DEFAULT;

-- index users by notes
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "users_notes_idx" ON "users" ("notes");
