-- drop_primary_key_column: down, mysql
-- what the migration took from rows does not come back:
--   drops column `entries.id` with its values

-- + column entries.id: int not null, rows get FLOOR(RAND() * 2147483647)
-- ! breaks code that runs against the old schema: code that inserts into `entries` without `id` fails
ALTER TABLE `entries` ADD COLUMN `id` int NULL, ALGORITHM=INSTANT;

-- give the rows of entries their id
-- ! may fail on existing data: `entries.id` may not be able to hold what `FLOOR(RAND() * 2147483647)` gives for some row
-- ! blocks writes or reads: writes to rows of `entries` wait while those get their values
UPDATE `entries` SET `id` = FLOOR(RAND() * 2147483647);

-- change table entries: 2 changes
--   ~ primary key entries: (code) → (id)
--   ~ column entries.id: null → not null
-- ! may fail on existing data: `entries` may have rows with equal `id`
-- ! rewrites the table: writes all rows of `entries` anew, while others read and write
ALTER TABLE `entries`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  MODIFY COLUMN `id` int NOT NULL,
  ALGORITHM=INPLACE, LOCK=NONE;
