-- drop_unique_number_of_table_without_rowid: down, mysql
-- what the migration took from rows does not come back:
--   drops column `rooms.number` with its values
--   drops column `rooms.floor` with its values

-- change table rooms: 2 changes
--   + column rooms.number: int not null, rows get (SELECT `okra_number` FROM (SELECT `name`, ROW_NUMBER() OVER (ORDER BY `name`) AS `okra_number` FROM `rooms`) AS `numbered` WHERE `numbered`.`name` = `rooms`.`name`)
--   + column rooms.floor: double not null, rows get 1
-- ! breaks code that runs against the old schema: code that inserts into `rooms` without `number` fails
-- ! breaks code that runs against the old schema: code that inserts into `rooms` without `floor` fails
ALTER TABLE `rooms`
  ADD COLUMN `number` int NULL,
  ADD COLUMN `floor` double NOT NULL DEFAULT 1,
  ALGORITHM=INSTANT;

-- give the rows of rooms their number
-- ! may fail on existing data: `rooms.number` may not be able to hold what `(SELECT `okra_number` FROM (SELECT `name`, ROW_NUMBER() OVER (ORDER BY `name`) AS `okra_number` FROM `rooms`) AS `numbered` WHERE `numbered`.`name` = `rooms`.`name`)` gives for some row
-- ! blocks writes or reads: writes to rows of `rooms` wait while those get their values
UPDATE `rooms` SET `number` = (SELECT `okra_number` FROM (SELECT `name`, ROW_NUMBER() OVER (ORDER BY `name`) AS `okra_number` FROM `rooms`) AS `numbered` WHERE `numbered`.`name` = `rooms`.`name`);

-- change table rooms: 4 changes
--   ~ column rooms.number: null → not null
--   ~ column rooms.floor: default 1 → none
--   + check rooms rooms_floor_check (floor >= 1)
--   + unique index rooms_number_key on rooms (number)
-- ! may fail on existing data: `rooms` may have rows with equal `number`: index `rooms_number_key`
-- ! blocks writes or reads: copies all rows of `rooms`; nobody else can write to it meanwhile
ALTER TABLE `rooms`
  MODIFY COLUMN `number` int NOT NULL,
  MODIFY COLUMN `floor` double NOT NULL,
  ADD CONSTRAINT `rooms_floor_check` CHECK (floor >= 1),
  ADD UNIQUE INDEX `rooms_number_key` (`number`),
  ALGORITHM=COPY, LOCK=SHARED;
