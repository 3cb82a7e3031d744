-- drop_unique_number_of_table_without_rowid: up, mysql

-- change table rooms: 2 changes
--   - check rooms rooms_floor_check (floor >= 1)
--   - unique index rooms_number_key on rooms
ALTER TABLE `rooms`
  DROP CONSTRAINT `rooms_floor_check`,
  DROP INDEX `rooms_number_key`,
  ALGORITHM=INPLACE, LOCK=NONE;

-- change table rooms: 2 changes
--   - column rooms.number
--   - column rooms.floor
-- ! loses data: drops column `rooms.number` with its values
-- ! breaks code that runs against the old schema: code that uses `rooms.number` fails
-- ! loses data: drops column `rooms.floor` with its values
-- ! breaks code that runs against the old schema: code that uses `rooms.floor` fails
ALTER TABLE `rooms`
  DROP COLUMN `number`,
  DROP COLUMN `floor`,
  ALGORITHM=INSTANT;
