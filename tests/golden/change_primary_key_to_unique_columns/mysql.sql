-- change_primary_key_to_unique_columns: up, mysql

-- change table seats: 3 changes
--   - unique index seats_row_place_key on seats
--   - column seats.id
--   ~ primary key seats: (id) → (row, place)
-- ! loses data: drops column `seats.id` with its values
-- ! breaks code that runs against the old schema: code that uses `seats.id` fails
-- ! rewrites the table: writes all rows of `seats` anew, while others read and write
ALTER TABLE `seats`
  DROP INDEX `seats_row_place_key`,
  DROP COLUMN `id`,
  DROP PRIMARY KEY, ADD PRIMARY KEY (`row`, `place`),
  ALGORITHM=INPLACE, LOCK=NONE;
