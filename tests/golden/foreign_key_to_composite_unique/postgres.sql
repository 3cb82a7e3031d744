-- foreign_key_to_composite_unique: up, postgres

-- alter table tickets
--   + column tickets.seat_row: integer null
--   + column tickets.seat_place: integer null
ALTER TABLE "tickets"
  ADD COLUMN "seat_row" integer,
  ADD COLUMN "seat_place" integer;

-- foreign key of tickets to seats
ALTER TABLE "tickets" ADD CONSTRAINT "tickets_seat_row_seat_place_fkey" FOREIGN KEY ("seat_row", "seat_place") REFERENCES "seats" ("row", "place") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- see that seats has what tickets refers to
-- okra: new transaction
ALTER TABLE "tickets" VALIDATE CONSTRAINT "tickets_seat_row_seat_place_fkey";
