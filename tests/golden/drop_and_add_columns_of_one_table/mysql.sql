-- drop_and_add_columns_of_one_table: up, mysql

-- change table users: 3 changes
--   - column users.fax
--   + column users.phone: int null
--   + column users.country: varchar(255) not null default 'de'
-- ! loses data: drops column `users.fax` with its values
-- ! breaks code that runs against the old schema: code that uses `users.fax` fails
ALTER TABLE `users`
  DROP COLUMN `fax`,
  ADD COLUMN `phone` int NULL,
  ADD COLUMN `country` varchar(255) NOT NULL DEFAULT 'de',
  ALGORITHM=INSTANT;
