-- drop_column_with_unique_constraint: down, postgres
-- what the migration took from rows does not come back:
--   drops column `users.email` with its values

-- alter table users
--   + column users.email: text not null, rows get gen_random_uuid()::text
-- ! breaks code that runs against the old schema: code that inserts into `users` without `email` fails
-- ! rewrites the table: writes all rows of `users` anew; nobody else can use it meanwhile
ALTER TABLE "users" ADD COLUMN "email" text DEFAULT gen_random_uuid()::text NOT NULL;

-- new rows of users get no such email by themselves
ALTER TABLE "users" ALTER COLUMN "email" DROP DEFAULT;

-- unique index users by email
-- ! may fail on existing data: rows of `users` may have the same `email`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "users" ("email");

-- change keys of users
-- okra: new transaction
ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";
