-- turn_autoincrement_on: down, mysql
-- what the migration took from rows does not come back:
--   a row with 0 or NULL in `tickets.id` gets the next number

-- ~ column tickets.id: autoincrement yes → no
ALTER TABLE `tickets` MODIFY COLUMN `id` int NOT NULL, ALGORITHM=INSTANT;
