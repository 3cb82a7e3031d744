-- change_primary_key_to_unique_columns: down, mysql
-- what the migration took from rows does not come back:
--   drops column `seats.id` with its values

-- + column seats.id: int not null, rows get FLOOR(RAND() * 2147483647)
-- ! breaks code that runs against the old schema: code that inserts into `seats` without `id` fails
ALTER TABLE `seats` ADD COLUMN `id` int NULL, ALGORITHM=INSTANT;

-- give the rows of seats their id
-- ! may fail on existing data: `seats.id` may not be able to hold what `FLOOR(RAND() * 2147483647)` gives for some row
-- ! blocks writes or reads: writes to rows of `seats` wait while those get their values
UPDATE `seats` SET `id` = FLOOR(RAND() * 2147483647);

-- change table seats: 3 changes
--   ~ primary key seats: (row, place) → (id)
--   ~ column seats.id: null → not null
--   + unique index seats_row_place_key on seats (row, place)
-- ! may fail on existing data: `seats` may have rows with equal `id`
-- ! rewrites the table: writes all rows of `seats` anew, while others read and write
ALTER TABLE `seats`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  MODIFY COLUMN `id` int NOT NULL,
  ADD UNIQUE INDEX `seats_row_place_key` (`row`, `place`),
  ALGORITHM=INPLACE, LOCK=NONE;
