-- drop_table: down, mysql
-- what the migration took from rows does not come back:
--   drops table `logs` with all its rows

-- create table logs
CREATE TABLE `logs` (
  `id` int NOT NULL,
  `text` varchar(255) NOT NULL,
  `level` int NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `logs_level_idx` (`level`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
