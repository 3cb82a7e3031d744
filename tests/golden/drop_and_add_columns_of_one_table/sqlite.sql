-- drop_and_add_columns_of_one_table: up, sqlite

-- drop column users.fax
-- ! loses data: drops column `users.fax` with its values
-- ! breaks code that runs against the old schema: code that uses `users.fax` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "fax";

-- add column users.phone
ALTER TABLE "users" ADD COLUMN "phone" integer;

-- add column users.country
ALTER TABLE "users" ADD COLUMN "country" text NOT NULL DEFAULT 'de';
