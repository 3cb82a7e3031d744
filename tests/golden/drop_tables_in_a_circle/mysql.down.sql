-- drop_tables_in_a_circle: down, mysql
-- what the migration took from rows does not come back:
--   drops table `as` with all its rows
--   drops table `bs` with all its rows

-- create table bs
CREATE TABLE `bs` (
  `id` int NOT NULL,
  `a_id` int NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table as
CREATE TABLE `as` (
  `id` int NOT NULL,
  `b_id` int NULL,
  PRIMARY KEY (`id`),
  INDEX `as_b_id_fkey` (`b_id`),
  CONSTRAINT `as_b_id_fkey` FOREIGN KEY (`b_id`) REFERENCES `bs` (`id`) ON DELETE SET NULL ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- add foreign key bs_a_id_fkey to bs
ALTER TABLE `bs`
  ADD INDEX `bs_a_id_fkey` (`a_id`),
  ADD CONSTRAINT `bs_a_id_fkey` FOREIGN KEY (`a_id`) REFERENCES `as` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
