-- drop_column_with_unique_index_and_partial_index: down, postgres
-- what the migration took from rows does not come back:
--   drops column `users.deleted` with its values

-- alter table users
--   + column users.deleted: boolean not null default false
ALTER TABLE "users" ADD COLUMN "deleted" boolean DEFAULT false NOT NULL;

-- index users by email
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "active_by_email" ON "users" ("email") WHERE NOT deleted;
