-- turn_autoincrement_off: down, mysql

-- ~ column tickets.id: autoincrement no → yes
-- ! changes data: a row with 0 or NULL in `tickets.id` gets the next number
-- ! may fail on existing data: `tickets.id` may have such a row when the next number is taken
-- ! may fail on existing data: values of `tickets.id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `tickets`; nobody else can write to it meanwhile
ALTER TABLE `tickets` MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT, ALGORITHM=COPY, LOCK=SHARED;
