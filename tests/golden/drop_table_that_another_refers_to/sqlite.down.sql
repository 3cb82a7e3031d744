-- drop_table_that_another_refers_to: down, sqlite
-- what the migration took from rows does not come back:
--   drops table `teams` with all its rows
--   drops column `players.team_id` with its values

-- create table teams
CREATE TABLE "teams" (
  "id" integer NOT NULL PRIMARY KEY,
  "name" text NOT NULL
);

-- add column players.team_id
ALTER TABLE "players" ADD COLUMN "team_id" integer REFERENCES "teams" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
