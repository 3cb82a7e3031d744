-- drop_table_that_another_refers_to: down, mysql
-- what the migration took from rows does not come back:
--   drops table `teams` with all its rows
--   drops column `players.team_id` with its values

-- create table teams
CREATE TABLE `teams` (
  `id` int NOT NULL,
  `name` varchar(255) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- + column players.team_id: int null
ALTER TABLE `players` ADD COLUMN `team_id` int NULL, ALGORITHM=INSTANT;

-- add foreign key players_team_id_fkey to players
-- ! blocks writes or reads: copies all rows of `players`; nobody else can write to it meanwhile
ALTER TABLE `players`
  ADD INDEX `players_team_id_fkey` (`team_id`),
  ADD CONSTRAINT `players_team_id_fkey` FOREIGN KEY (`team_id`) REFERENCES `teams` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
