-- foreign_key_to_composite_unique: down, postgres

-- drop the foreign key of tickets to seats
ALTER TABLE "tickets" DROP CONSTRAINT "tickets_seat_row_seat_place_fkey";

-- alter table tickets
--   - column tickets.seat_row
--   - column tickets.seat_place
-- ! loses data: drops column `tickets.seat_row` with its values
-- ! breaks code that runs against the old schema: code that uses `tickets.seat_row` fails
-- ! loses data: drops column `tickets.seat_place` with its values
-- ! breaks code that runs against the old schema: code that uses `tickets.seat_place` fails
ALTER TABLE "tickets"
  DROP COLUMN "seat_row",
  DROP COLUMN "seat_place";
