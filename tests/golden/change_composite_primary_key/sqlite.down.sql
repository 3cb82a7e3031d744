-- change_composite_primary_key: down, sqlite
-- what the migration took from rows does not come back:
--   NULLs in `seats.hall` become 1

-- rebuild seats: make the new table
--   ~ primary key seats: (hall, row, place) → (row, place)
--   ~ column seats.hall: not null → null
-- ! may fail on existing data: `seats` may have rows with equal `row, place`
-- ! rewrites the table: copies all rows of `seats`; nobody else can write meanwhile
CREATE TABLE "_okra_new_seats" (
  "row" integer NOT NULL,
  "place" integer NOT NULL,
  "hall" integer,
  PRIMARY KEY ("row", "place")
);

-- rebuild seats: copy its rows
INSERT INTO "_okra_new_seats" (rowid, "row", "place", "hall")
  SELECT "seats".rowid, "seats"."row", "seats"."place", "seats"."hall" FROM "seats";

-- rebuild seats: drop the old table
DROP TABLE "seats";

-- rebuild seats: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild seats: put the new table in its place
ALTER TABLE "_okra_new_seats" RENAME TO "seats";

-- rebuild seats: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
