-- drop_primary_key_column: up, mysql

-- change table entries: 2 changes
--   - column entries.id
--   ~ primary key entries: (id) → (code)
-- ! loses data: drops column `entries.id` with its values
-- ! breaks code that runs against the old schema: code that uses `entries.id` fails
-- ! may fail on existing data: `entries` may have rows with equal `code`
-- ! rewrites the table: writes all rows of `entries` anew, while others read and write
ALTER TABLE `entries`
  DROP COLUMN `id`,
  DROP PRIMARY KEY, ADD PRIMARY KEY (`code`),
  ALGORITHM=INPLACE, LOCK=NONE;
