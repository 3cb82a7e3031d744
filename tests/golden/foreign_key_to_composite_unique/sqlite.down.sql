-- foreign_key_to_composite_unique: down, sqlite

-- rebuild tickets: make the new table
--   - foreign key tickets (seat_row, seat_place) → seats (row, place), on delete set null, on update cascade
--   - column tickets.seat_row
--   - column tickets.seat_place
-- ! loses data: drops column `tickets.seat_row` with its values
-- ! breaks code that runs against the old schema: code that uses `tickets.seat_row` fails
-- ! loses data: drops column `tickets.seat_place` with its values
-- ! breaks code that runs against the old schema: code that uses `tickets.seat_place` fails
-- ! rewrites the table: copies all rows of `tickets`; nobody else can write meanwhile
CREATE TABLE "_okra_new_tickets" (
  "id" integer NOT NULL PRIMARY KEY
);

-- rebuild tickets: copy its rows
INSERT INTO "_okra_new_tickets" ("id")
  SELECT "tickets"."id" FROM "tickets";

-- rebuild tickets: drop the old table
DROP TABLE "tickets";

-- rebuild tickets: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild tickets: put the new table in its place
ALTER TABLE "_okra_new_tickets" RENAME TO "tickets";

-- rebuild tickets: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
