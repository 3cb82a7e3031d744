-- drop_and_add_columns_of_one_table: up, postgres

-- alter table users
--   - column users.fax
--   + column users.phone: integer null
--   + column users.country: text not null default 'de'
-- ! loses data: drops column `users.fax` with its values
-- ! breaks code that runs against the old schema: code that uses `users.fax` fails
ALTER TABLE "users"
  DROP COLUMN "fax",
  ADD COLUMN "phone" integer,
  ADD COLUMN "country" text DEFAULT 'de' NOT NULL;
