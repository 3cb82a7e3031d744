-- foreign_key_to_composite_unique: up, sqlite

-- rebuild tickets: make the new table
--   + column tickets.seat_row: integer null
--   + column tickets.seat_place: integer null
--   + foreign key tickets (seat_row, seat_place) → seats (row, place), on delete set null, on update cascade
-- ! rewrites the table: copies all rows of `tickets`; nobody else can write meanwhile
CREATE TABLE "_okra_new_tickets" (
  "id" integer NOT NULL PRIMARY KEY,
  "seat_row" integer,
  "seat_place" integer,
  FOREIGN KEY ("seat_row", "seat_place") REFERENCES "seats" ("row", "place") ON DELETE SET NULL ON UPDATE CASCADE
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
