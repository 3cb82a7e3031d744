-- drop_unique_number_of_table_without_rowid: up, sqlite

-- drop index rooms_number_key of rooms
DROP INDEX "rooms_number_key";

-- rebuild rooms: make the new table
--   - check rooms (floor >= 1)
--   - unique index rooms_number_key on rooms
--   - column rooms.number
--   - column rooms.floor
-- ! loses data: drops column `rooms.number` with its values
-- ! breaks code that runs against the old schema: code that uses `rooms.number` fails
-- ! loses data: drops column `rooms.floor` with its values
-- ! breaks code that runs against the old schema: code that uses `rooms.floor` fails
-- ! rewrites the table: copies all rows of `rooms`; nobody else can write meanwhile
CREATE TABLE "_okra_new_rooms" (
  "name" text NOT NULL PRIMARY KEY
) WITHOUT ROWID;

-- rebuild rooms: copy its rows
INSERT INTO "_okra_new_rooms" ("name")
  SELECT "rooms"."name" FROM "rooms";

-- rebuild rooms: drop the old table
DROP TABLE "rooms";

-- rebuild rooms: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild rooms: put the new table in its place
ALTER TABLE "_okra_new_rooms" RENAME TO "rooms";

-- rebuild rooms: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
