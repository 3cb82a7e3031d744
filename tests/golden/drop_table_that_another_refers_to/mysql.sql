-- drop_table_that_another_refers_to: up, mysql

-- drop foreign key players_team_id_fkey of players
ALTER TABLE `players` DROP FOREIGN KEY `players_team_id_fkey`, ALGORITHM=INSTANT;

-- drop table teams
-- ! loses data: drops table `teams` with all its rows
-- ! breaks code that runs against the old schema: code that uses `teams` fails
DROP TABLE `teams`;

-- - index players_team_id_fkey on players
ALTER TABLE `players` DROP INDEX `players_team_id_fkey`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column players.team_id
-- ! loses data: drops column `players.team_id` with its values
-- ! breaks code that runs against the old schema: code that uses `players.team_id` fails
ALTER TABLE `players` DROP COLUMN `team_id`, ALGORITHM=INSTANT;
