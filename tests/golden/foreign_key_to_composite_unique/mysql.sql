-- foreign_key_to_composite_unique: up, mysql

-- change table tickets: 2 changes
--   + column tickets.seat_row: int null
--   + column tickets.seat_place: int null
ALTER TABLE `tickets`
  ADD COLUMN `seat_row` int NULL,
  ADD COLUMN `seat_place` int NULL,
  ALGORITHM=INSTANT;

-- add foreign key tickets_seat_row_seat_place_fkey to tickets
-- ! blocks writes or reads: copies all rows of `tickets`; nobody else can write to it meanwhile
ALTER TABLE `tickets`
  ADD INDEX `tickets_seat_row_seat_place_fkey` (`seat_row`, `seat_place`),
  ADD CONSTRAINT `tickets_seat_row_seat_place_fkey` FOREIGN KEY (`seat_row`, `seat_place`) REFERENCES `seats` (`row`, `place`) ON DELETE SET NULL ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
