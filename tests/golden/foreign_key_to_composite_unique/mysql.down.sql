-- foreign_key_to_composite_unique: down, mysql

-- drop foreign key tickets_seat_row_seat_place_fkey of tickets
ALTER TABLE `tickets` DROP FOREIGN KEY `tickets_seat_row_seat_place_fkey`, ALGORITHM=INSTANT;

-- - index tickets_seat_row_seat_place_fkey on tickets
ALTER TABLE `tickets` DROP INDEX `tickets_seat_row_seat_place_fkey`, ALGORITHM=INPLACE, LOCK=NONE;

-- change table tickets: 2 changes
--   - column tickets.seat_row
--   - column tickets.seat_place
-- ! loses data: drops column `tickets.seat_row` with its values
-- ! breaks code that runs against the old schema: code that uses `tickets.seat_row` fails
-- ! loses data: drops column `tickets.seat_place` with its values
-- ! breaks code that runs against the old schema: code that uses `tickets.seat_place` fails
ALTER TABLE `tickets`
  DROP COLUMN `seat_row`,
  DROP COLUMN `seat_place`,
  ALGORITHM=INSTANT;
