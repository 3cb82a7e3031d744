-- drop_and_add_columns_of_one_table: down, mysql
-- what the migration took from rows does not come back:
--   drops column `users.fax` with its values

-- change table users: 3 changes
--   - column users.phone
--   - column users.country
--   + column users.fax: varchar(255) null
-- ! loses data: drops column `users.phone` with its values
-- ! breaks code that runs against the old schema: code that uses `users.phone` fails
-- ! loses data: drops column `users.country` with its values
-- ! breaks code that runs against the old schema: code that uses `users.country` fails
ALTER TABLE `users`
  DROP COLUMN `phone`,
  DROP COLUMN `country`,
  ADD COLUMN `fax` varchar(255) NULL,
  ALGORITHM=INSTANT;
