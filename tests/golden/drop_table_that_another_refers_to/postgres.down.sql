-- drop_table_that_another_refers_to: down, postgres
-- what the migration took from rows does not come back:
--   drops table `teams` with all its rows
--   drops column `players.team_id` with its values

-- create table teams
CREATE TABLE "teams" (
  "id" integer NOT NULL,
  "name" text NOT NULL,
  CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- alter table players
--   + column players.team_id: integer null
ALTER TABLE "players" ADD COLUMN "team_id" integer;

-- foreign key of players to teams
ALTER TABLE "players" ADD CONSTRAINT "players_team_id_fkey" FOREIGN KEY ("team_id") REFERENCES "teams" ("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- see that teams has what players refers to
-- okra: new transaction
ALTER TABLE "players" VALIDATE CONSTRAINT "players_team_id_fkey";
