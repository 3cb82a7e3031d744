-- make_optional_columns_required_on_the_way_back: down, postgres
-- what the migration took from rows does not come back:
--   drops column `users.email` with its values
--   drops column `users.born` with its values
--   drops column `users.tags` with its values
--   drops column `users.settings` with its values
--   drops column `users.level` with its values
--   drops column `users.mood` with its values
--   drops column `users.chief_id` with its values

-- create type mood
CREATE TYPE "mood" AS ENUM ('GOOD', 'BAD');

-- alter table users
--   + column users.email: text not null, rows get gen_random_uuid()::text
--   + column users.born: date not null, rows get '1970-01-01'
--   + column users.tags: text[] not null, rows get '{}'
--   + column users.settings: jsonb not null, rows get 'null'
--   + column users.level: integer not null, rows get 1
--   + column users.mood: mood not null, rows get (enum_range(NULL::mood))[1]
--   + column users.chief_id: uuid null
-- ! breaks code that runs against the old schema: code that inserts into `users` without `email` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `born` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `tags` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `settings` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `level` fails
-- ! breaks code that runs against the old schema: code that inserts into `users` without `mood` fails
-- ! rewrites the table: writes all rows of `users` anew; nobody else can use it meanwhile
ALTER TABLE "users"
  ADD COLUMN "email" text DEFAULT gen_random_uuid()::text NOT NULL,
  ADD COLUMN "born" date DEFAULT '1970-01-01' NOT NULL,
  ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL,
  ADD COLUMN "settings" jsonb DEFAULT 'null' NOT NULL,
  ADD COLUMN "level" integer DEFAULT 1 NOT NULL,
  ADD COLUMN "mood" mood DEFAULT (enum_range(NULL::mood))[1] NOT NULL,
  ADD COLUMN "chief_id" uuid,
  ADD CONSTRAINT "users_level_check" CHECK (level BETWEEN 1 AND 9) NOT VALID;

-- new rows of users get no such email by themselves
ALTER TABLE "users" ALTER COLUMN "email" DROP DEFAULT;

-- new rows of users get no such born by themselves
ALTER TABLE "users" ALTER COLUMN "born" DROP DEFAULT;

-- new rows of users get no such tags by themselves
ALTER TABLE "users" ALTER COLUMN "tags" DROP DEFAULT;

-- new rows of users get no such settings by themselves
ALTER TABLE "users" ALTER COLUMN "settings" DROP DEFAULT;

-- new rows of users get no such level by themselves
ALTER TABLE "users" ALTER COLUMN "level" DROP DEFAULT;

-- new rows of users get no such mood by themselves
ALTER TABLE "users" ALTER COLUMN "mood" DROP DEFAULT;

-- foreign key of users to users
ALTER TABLE "users" ADD CONSTRAINT "users_chief_id_fkey" FOREIGN KEY ("chief_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- unique index users by email
-- ! may fail on existing data: rows of `users` may have the same `email`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "users_email_key" ON "users" ("email");

-- change keys of users
-- okra: new transaction
ALTER TABLE "users" ADD CONSTRAINT "users_email_key" UNIQUE USING INDEX "users_email_key";

-- see that all rows of users satisfy users_level_check
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_level_check";

-- see that users has what users refers to
-- okra: new transaction
ALTER TABLE "users" VALIDATE CONSTRAINT "users_chief_id_fkey";
