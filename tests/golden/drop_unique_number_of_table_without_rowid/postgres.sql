-- drop_unique_number_of_table_without_rowid: up, postgres

-- drop constraints of rooms
ALTER TABLE "rooms"
  DROP CONSTRAINT "rooms_number_key",
  DROP CONSTRAINT "rooms_floor_check";

-- alter table rooms
--   - column rooms.number
--   - column rooms.floor
-- ! loses data: drops column `rooms.number` with its values
-- ! breaks code that runs against the old schema: code that uses `rooms.number` fails
-- ! loses data: drops column `rooms.floor` with its values
-- ! breaks code that runs against the old schema: code that uses `rooms.floor` fails
ALTER TABLE "rooms"
  DROP COLUMN "number",
  DROP COLUMN "floor";
