-- drop_column_with_unique_index_and_partial_index: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `users.deleted` with its values

-- add column users.deleted
ALTER TABLE "users" ADD COLUMN "deleted" integer NOT NULL DEFAULT 0;

-- index users by email
CREATE INDEX "active_by_email" ON "users" ("email") WHERE deleted = 0;
