-- change_composite_primary_key: up, mysql

-- give rows without seats.hall a value
-- ! changes data: NULLs in `seats.hall` become 1
-- ! blocks writes or reads: writes to rows of `seats` wait while those get their values
UPDATE `seats` SET `hall` = 1 WHERE `hall` IS NULL;

-- change table seats: 2 changes
--   ~ primary key seats: (row, place) → (hall, row, place)
--   ~ column seats.hall: null → not null
-- ! rewrites the table: writes all rows of `seats` anew, while others read and write
ALTER TABLE `seats`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`hall`, `row`, `place`),
  MODIFY COLUMN `hall` int NOT NULL,
  ALGORITHM=INPLACE, LOCK=NONE;
