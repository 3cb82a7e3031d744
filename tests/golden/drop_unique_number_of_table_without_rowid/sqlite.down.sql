-- drop_unique_number_of_table_without_rowid: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `rooms.number` with its values
--   drops column `rooms.floor` with its values

-- rebuild rooms: make the new table
--   + column rooms.number: integer not null, rows get row_number() OVER ()
--   + column rooms.floor: real not null, rows get 1
--   + check rooms (floor >= 1)
--   + unique index rooms_number_key on rooms (number)
-- ! breaks code that runs against the old schema: code that inserts into `rooms` without `number` fails
-- ! breaks code that runs against the old schema: code that inserts into `rooms` without `floor` fails
-- ! rewrites the table: copies all rows of `rooms`; nobody else can write meanwhile
CREATE TABLE "_okra_new_rooms" (
  "name" text NOT NULL PRIMARY KEY,
  "number" integer NOT NULL,
  "floor" real NOT NULL,
  CHECK (floor >= 1)
) WITHOUT ROWID;

-- rebuild rooms: copy its rows
INSERT INTO "_okra_new_rooms" ("name", "number", "floor")
  SELECT "rooms"."name", row_number() OVER (), 1 FROM "rooms";

-- rebuild rooms: drop the old table
DROP TABLE "rooms";

-- rebuild rooms: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild rooms: put the new table in its place
ALTER TABLE "_okra_new_rooms" RENAME TO "rooms";

-- rebuild rooms: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index rooms by number
CREATE UNIQUE INDEX "rooms_number_key" ON "rooms" ("number");
