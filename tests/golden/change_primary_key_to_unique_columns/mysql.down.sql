-- change_primary_key_to_unique_columns: down, mysql
-- what the migration took from rows does not come back:
--   drops column `seats.id` with its values

-- change table seats: 2 changes
--   + column seats.id: int not null, rows get ROW_NUMBER() OVER ()
--   + unique index _okra_counted on seats (id)
-- ! breaks code that runs against the old schema: code that inserts into `seats` without `id` fails
-- ! blocks writes or reads: reads all rows of `seats`; nobody else can write to it meanwhile
ALTER TABLE `seats`
  ADD COLUMN `id` int NOT NULL AUTO_INCREMENT,
  ADD UNIQUE INDEX `_okra_counted` (`id`),
  ALGORITHM=INPLACE, LOCK=SHARED;

-- change table seats: 4 changes
--   ~ primary key seats: (row, place) → (id)
--   - unique index _okra_counted on seats
--   ~ column seats.id: autoincrement yes → no
--   + unique index seats_row_place_key on seats (row, place)
-- ! rewrites the table: writes all rows of `seats` anew, while others read and write
ALTER TABLE `seats`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  DROP INDEX `_okra_counted`,
  MODIFY COLUMN `id` int NOT NULL,
  ADD UNIQUE INDEX `seats_row_place_key` (`row`, `place`),
  ALGORITHM=INPLACE, LOCK=NONE;
