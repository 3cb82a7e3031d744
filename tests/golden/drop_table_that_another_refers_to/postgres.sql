-- drop_table_that_another_refers_to: up, postgres

-- drop the foreign key of players to teams
ALTER TABLE "players" DROP CONSTRAINT "players_team_id_fkey";

-- drop table teams
-- ! loses data: drops table `teams` with all its rows
-- ! breaks code that runs against the old schema: code that uses `teams` fails
DROP TABLE "teams";

-- alter table players
--   - column players.team_id
-- ! loses data: drops column `players.team_id` with its values
-- ! breaks code that runs against the old schema: code that uses `players.team_id` fails
ALTER TABLE "players" DROP COLUMN "team_id";
