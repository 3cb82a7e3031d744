-- leave_table_alone: down, postgres
-- what the migration took from rows does not come back:
--   drops column `users.name` with its values

-- alter table users
--   + column users.name: text not null, rows get ''
-- ! breaks code that runs against the old schema: code that inserts into `users` without `name` fails
ALTER TABLE "users" ADD COLUMN "name" text DEFAULT '' NOT NULL;

-- new rows of users get no such name by themselves
ALTER TABLE "users" ALTER COLUMN "name" DROP DEFAULT;
