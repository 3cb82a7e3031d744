-- drop_and_add_columns_of_one_table: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `users.fax` with its values

-- drop column users.phone
-- ! loses data: drops column `users.phone` with its values
-- ! breaks code that runs against the old schema: code that uses `users.phone` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "phone";

-- drop column users.country
-- ! loses data: drops column `users.country` with its values
-- ! breaks code that runs against the old schema: code that uses `users.country` fails
-- ! rewrites the table: writes all rows of `users` anew
ALTER TABLE "users" DROP COLUMN "country";

-- add column users.fax
ALTER TABLE "users" ADD COLUMN "fax" text;
