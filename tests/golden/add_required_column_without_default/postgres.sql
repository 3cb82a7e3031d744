-- add_required_column_without_default: up, postgres

-- alter table users
--   + column users.first_name: text not null
-- ! may fail on existing data: `users.first_name` is required and has no default: fails if there are rows
-- ! breaks code that runs against the old schema: code that inserts into `users` without `first_name` fails
ALTER TABLE "users" ADD COLUMN "first_name" text NOT NULL;
