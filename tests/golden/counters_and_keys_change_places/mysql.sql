-- counters_and_keys_change_places: up, mysql

-- change table tickets: 5 changes
--   - unique index tickets_code_key on tickets
--   ~ primary key tickets: (id) → (code)
--   ~ column tickets.id: autoincrement yes → no
--   ~ column tickets.code: autoincrement no → yes
--   + unique index tickets_id_key on tickets (id)
-- ! may fail on existing data: `tickets` may have rows with equal `code`
-- ! changes data: a row with 0 or NULL in `tickets.code` gets the next number
-- ! may fail on existing data: `tickets.code` may have such a row when the next number is taken
-- ! blocks writes or reads: copies all rows of `tickets`; nobody else can write to it meanwhile
ALTER TABLE `tickets`
  DROP INDEX `tickets_code_key`,
  DROP PRIMARY KEY, ADD PRIMARY KEY (`code`),
  MODIFY COLUMN `id` int NOT NULL,
  MODIFY COLUMN `code` int NOT NULL AUTO_INCREMENT,
  ADD UNIQUE INDEX `tickets_id_key` (`id`),
  ALGORITHM=COPY, LOCK=SHARED;

-- ~ column notes.id: int → bigint unsigned, autoincrement no → yes
-- ! may fail on existing data: `notes.id` may hold numbers that are too large or too small
-- ! changes data: a row with 0 or NULL in `notes.id` gets the next number
-- ! may fail on existing data: `notes.id` may have such a row when the next number is taken
-- ! may fail on existing data: values of `notes.id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `notes`; nobody else can write to it meanwhile
ALTER TABLE `notes` MODIFY COLUMN `id` bigint unsigned NOT NULL AUTO_INCREMENT, ALGORITHM=COPY, LOCK=SHARED;
