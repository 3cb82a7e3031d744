-- change_composite_primary_key: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `seats.hall` become 1

-- change table seats: 2 changes
--   ~ primary key seats: (hall, row, place) → (row, place)
--   ~ column seats.hall: not null → null
-- ! may fail on existing data: `seats` may have rows with equal `row, place`
-- ! rewrites the table: writes all rows of `seats` anew, while others read and write
ALTER TABLE `seats`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`row`, `place`),
  MODIFY COLUMN `hall` int NULL,
  ALGORITHM=INPLACE, LOCK=NONE;
