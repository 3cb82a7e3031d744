-- change_primary_key_to_unique_columns: up, sqlite

-- drop index seats_row_place_key of seats
DROP INDEX "seats_row_place_key";

-- rebuild seats: make the new table
--   - unique index seats_row_place_key on seats
--   - column seats.id
--   ~ primary key seats: (id) → (row, place)
-- ! loses data: drops column `seats.id` with its values
-- ! breaks code that runs against the old schema: code that uses `seats.id` fails
-- ! rewrites the table: copies all rows of `seats`; nobody else can write meanwhile
CREATE TABLE "_okra_new_seats" (
  "row" integer NOT NULL,
  "place" integer NOT NULL,
  PRIMARY KEY ("row", "place")
);

-- rebuild seats: copy its rows
INSERT INTO "_okra_new_seats" (rowid, "row", "place")
  SELECT "seats".rowid, "seats"."row", "seats"."place" FROM "seats";

-- rebuild seats: drop the old table
DROP TABLE "seats";

-- rebuild seats: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild seats: put the new table in its place
ALTER TABLE "_okra_new_seats" RENAME TO "seats";

-- rebuild seats: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
