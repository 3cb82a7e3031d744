-- turn_autoincrement_off: up, mysql

-- ~ column tickets.id: autoincrement yes → no
ALTER TABLE `tickets` MODIFY COLUMN `id` int NOT NULL, ALGORITHM=INSTANT;
