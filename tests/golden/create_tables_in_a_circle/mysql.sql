-- create_tables_in_a_circle: up, mysql

-- create table countries
CREATE TABLE `countries` (
  `id` int NOT NULL,
  `capital_id` int NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `countries_capital_id_key` (`capital_id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table cities
CREATE TABLE `cities` (
  `id` int NOT NULL,
  `country_id` int NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `cities_country_id_fkey` (`country_id`),
  CONSTRAINT `cities_country_id_fkey` FOREIGN KEY (`country_id`) REFERENCES `countries` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- add foreign key countries_capital_id_fkey to countries
ALTER TABLE `countries` ADD CONSTRAINT `countries_capital_id_fkey` FOREIGN KEY (`capital_id`) REFERENCES `cities` (`id`) ON DELETE SET NULL ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
