-- counters_and_keys_change_places: down, mysql
-- what the migration took from rows does not come back:
--   a row with 0 or NULL in `tickets.code` gets the next number
--   a row with 0 or NULL in `notes.id` gets the next number

-- change table tickets: 5 changes
--   - unique index tickets_id_key on tickets
--   ~ primary key tickets: (code) → (id)
--   ~ column tickets.id: autoincrement no → yes
--   ~ column tickets.code: autoincrement yes → no
--   + unique index tickets_code_key on tickets (code)
-- ! may fail on existing data: `tickets` may have rows with equal `id`
-- ! changes data: a row with 0 or NULL in `tickets.id` gets the next number
-- ! may fail on existing data: `tickets.id` may have such a row when the next number is taken
-- ! blocks writes or reads: copies all rows of `tickets`; nobody else can write to it meanwhile
ALTER TABLE `tickets`
  DROP INDEX `tickets_id_key`,
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT,
  MODIFY COLUMN `code` int NOT NULL,
  ADD UNIQUE INDEX `tickets_code_key` (`code`),
  ALGORITHM=COPY, LOCK=SHARED;

-- ~ column notes.id: bigint unsigned → int, autoincrement yes → no
-- ! may fail on existing data: `notes.id` may hold numbers that are too large or too small
-- ! blocks writes or reads: copies all rows of `notes`; nobody else can write to it meanwhile
ALTER TABLE `notes` MODIFY COLUMN `id` int NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
