-- drop_primary_key_column: down, mysql
-- what the migration took from rows does not come back:
--   drops column `entries.id` with its values

-- change table entries: 2 changes
--   + column entries.id: int not null, rows get ROW_NUMBER() OVER ()
--   + unique index _okra_counted on entries (id)
-- ! breaks code that runs against the old schema: code that inserts into `entries` without `id` fails
-- ! blocks writes or reads: reads all rows of `entries`; nobody else can write to it meanwhile
ALTER TABLE `entries`
  ADD COLUMN `id` int NOT NULL AUTO_INCREMENT,
  ADD UNIQUE INDEX `_okra_counted` (`id`),
  ALGORITHM=INPLACE, LOCK=SHARED;

-- change table entries: 3 changes
--   ~ primary key entries: (code) → (id)
--   - unique index _okra_counted on entries
--   ~ column entries.id: autoincrement yes → no
-- ! rewrites the table: writes all rows of `entries` anew, while others read and write
ALTER TABLE `entries`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  DROP INDEX `_okra_counted`,
  MODIFY COLUMN `id` int NOT NULL,
  ALGORITHM=INPLACE, LOCK=NONE;
