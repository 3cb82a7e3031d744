-- drop_table_that_another_refers_to: up, sqlite

-- drop table teams
-- ! loses data: drops table `teams` with all its rows
-- ! breaks code that runs against the old schema: code that uses `teams` fails
DROP TABLE "teams";

-- rebuild players: make the new table
--   - foreign key players (team_id) → teams (id), on delete set null, on update cascade
--   - column players.team_id
-- ! loses data: drops column `players.team_id` with its values
-- ! breaks code that runs against the old schema: code that uses `players.team_id` fails
-- ! rewrites the table: copies all rows of `players`; nobody else can write meanwhile
CREATE TABLE "_okra_new_players" (
  "id" integer NOT NULL PRIMARY KEY,
  "name" text NOT NULL
);

-- rebuild players: copy its rows
INSERT INTO "_okra_new_players" ("id", "name")
  SELECT "players"."id", "players"."name" FROM "players";

-- rebuild players: drop the old table
DROP TABLE "players";

-- rebuild players: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild players: put the new table in its place
ALTER TABLE "_okra_new_players" RENAME TO "players";

-- rebuild players: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
