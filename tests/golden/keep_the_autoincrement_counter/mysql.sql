-- keep_the_autoincrement_counter: up, mysql

-- ~ column tickets.title: null → not null
-- ! may fail on existing data: `tickets.title` becomes required: fails if a row has NULL there
-- ! breaks code that runs against the old schema: code that leaves `tickets.title` out or empty fails
-- ! rewrites the table: writes all rows of `tickets` anew, while others read and write
ALTER TABLE `tickets` MODIFY COLUMN `title` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
