-- change_primary_key_to_unique_columns: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `seats.id` with its values

-- rebuild seats: make the new table
--   ~ primary key seats: (row, place) → (id)
--   + column seats.id: integer not null
--   + unique index seats_row_place_key on seats (row, place)
-- ! rewrites the table: copies all rows of `seats`; nobody else can write meanwhile
CREATE TABLE "_okra_new_seats" (
  "id" integer NOT NULL PRIMARY KEY,
  "row" integer NOT NULL,
  "place" integer NOT NULL
);

-- rebuild seats: copy its rows
INSERT INTO "_okra_new_seats" ("id", "row", "place")
  SELECT "seats".rowid, "seats"."row", "seats"."place" FROM "seats";

-- rebuild seats: drop the old table
DROP TABLE "seats";

-- rebuild seats: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild seats: put the new table in its place
ALTER TABLE "_okra_new_seats" RENAME TO "seats";

-- rebuild seats: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index seats by row, place
CREATE UNIQUE INDEX "seats_row_place_key" ON "seats" ("row", "place");
