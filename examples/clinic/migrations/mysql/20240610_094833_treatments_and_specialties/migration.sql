-- 20240610_094833: up, mysql

-- create table allergies
CREATE TABLE `allergies` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `substance` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `allergies_substance_key` (`substance`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table equipment
-- What stands in a room, or is carried from one to another.
--   uses: What it can be used for, in the words of the schedule.
CREATE TABLE `equipment` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `serial_number` varchar(255) NULL,
  `uses` json NOT NULL DEFAULT ('[]') COMMENT 'What it can be used for, in the words of the schedule.',
  PRIMARY KEY (`id`),
  UNIQUE INDEX `equipment_serial_number_key` (`serial_number`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='What stands in a room, or is carried from one to another.';

-- create table lab_orders
CREATE TABLE `lab_orders` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `status` enum('ORDERED','COLLECTED','REPORTED') NOT NULL DEFAULT 'ORDERED',
  `urgent` tinyint(1) NOT NULL DEFAULT 0,
  `ordered_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `encounter_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `lab_orders_encounter_id_fkey` (`encounter_id`),
  CONSTRAINT `lab_orders_encounter_id_fkey` FOREIGN KEY (`encounter_id`) REFERENCES `encounters` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table lab_tests
-- Something that the laboratory can find out.
--   code: A LOINC code: the key everywhere, so it is the key here.
CREATE TABLE `lab_tests` (
  `code` varchar(12) NOT NULL COMMENT 'A LOINC code: the key everywhere, so it is the key here.',
  `name` varchar(255) NOT NULL,
  `unit` varchar(255) NULL,
  `lowest` double NULL,
  `highest` double NULL,
  PRIMARY KEY (`code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Something that the laboratory can find out.';

-- create table lab_results
--   raw: What the analyser sent, word for word.
CREATE TABLE `lab_results` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `value` double NULL,
  `text` varchar(255) NULL,
  `raw` json NULL COMMENT 'What the analyser sent, word for word.',
  `reported_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `order_id` varchar(36) NOT NULL,
  `test_code` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `lab_results_order_id_fkey` (`order_id`),
  INDEX `lab_results_test_code_fkey` (`test_code`),
  CONSTRAINT `lab_results_order_id_fkey` FOREIGN KEY (`order_id`) REFERENCES `lab_orders` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `lab_results_test_code_fkey` FOREIGN KEY (`test_code`) REFERENCES `lab_tests` (`code`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table medications
-- A medicine as it is sold.
--   atc_code: The Anatomical Therapeutic Chemical code: `N02BE01`.
CREATE TABLE `medications` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `atc_code` varchar(7) NOT NULL COMMENT 'The Anatomical Therapeutic Chemical code: `N02BE01`.',
  `strength_milligrams` decimal(9,3) NULL,
  `controlled` tinyint(1) NOT NULL DEFAULT 0,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='A medicine as it is sold.';

-- create table patient_allergies
CREATE TABLE `patient_allergies` (
  `allergy_id` varchar(36) NOT NULL,
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`allergy_id`, `patient_id`),
  INDEX `patient_allergies_patient_id_idx` (`patient_id`),
  CONSTRAINT `patient_allergies_allergy_id_fkey` FOREIGN KEY (`allergy_id`) REFERENCES `allergies` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `patient_allergies_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table specialties
-- Something that one can be a specialist in: cardiology, wound care.
CREATE TABLE `specialties` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `specialties_name_key` (`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Something that one can be a specialist in: cardiology, wound care.';

-- create table practitioner_specialties
CREATE TABLE `practitioner_specialties` (
  `practitioner_id` varchar(36) NOT NULL,
  `specialty_id` varchar(36) NOT NULL,
  PRIMARY KEY (`practitioner_id`, `specialty_id`),
  INDEX `practitioner_specialties_specialty_id_idx` (`specialty_id`),
  CONSTRAINT `practitioner_specialties_practitioner_id_fkey` FOREIGN KEY (`practitioner_id`) REFERENCES `practitioners` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `practitioner_specialties_specialty_id_fkey` FOREIGN KEY (`specialty_id`) REFERENCES `specialties` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table prescriptions
--   signature: The doctor's signature, as the card reader made it.
CREATE TABLE `prescriptions` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `issued_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `valid_until` date NULL,
  `signature` longblob NULL COMMENT 'The doctor''s signature, as the card reader made it.',
  `encounter_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `prescriptions_encounter_id_fkey` (`encounter_id`),
  CONSTRAINT `prescriptions_encounter_id_fkey` FOREIGN KEY (`encounter_id`) REFERENCES `encounters` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table prescription_items
--   position: Where it stands on the paper.
CREATE TABLE `prescription_items` (
  `position` int NOT NULL COMMENT 'Where it stands on the paper.',
  `dose` varchar(255) NOT NULL,
  `days` int NULL,
  `prescription_id` varchar(36) NOT NULL,
  `medication_id` varchar(36) NOT NULL,
  PRIMARY KEY (`prescription_id`, `position`),
  INDEX `prescription_items_medication_id_fkey` (`medication_id`),
  CONSTRAINT `prescription_items_prescription_id_fkey` FOREIGN KEY (`prescription_id`) REFERENCES `prescriptions` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `prescription_items_medication_id_fkey` FOREIGN KEY (`medication_id`) REFERENCES `medications` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table room_equipment
CREATE TABLE `room_equipment` (
  `equipment_id` varchar(36) NOT NULL,
  `room_id` varchar(36) NOT NULL,
  PRIMARY KEY (`equipment_id`, `room_id`),
  INDEX `room_equipment_room_id_idx` (`room_id`),
  CONSTRAINT `room_equipment_equipment_id_fkey` FOREIGN KEY (`equipment_id`) REFERENCES `equipment` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `room_equipment_room_id_fkey` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table vaccinations
CREATE TABLE `vaccinations` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `vaccine` varchar(255) NOT NULL,
  `lot_number` varchar(255) NOT NULL,
  `given_on` date NOT NULL DEFAULT (current_date()),
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `vaccinations_patient_id_fkey` (`patient_id`),
  CONSTRAINT `vaccinations_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- + column practitioners.supervisor_id: varchar(36) null
ALTER TABLE `practitioners` ADD COLUMN `supervisor_id` varchar(36) NULL, ALGORITHM=INSTANT;

-- add foreign key practitioners_supervisor_id_fkey to practitioners
-- ! blocks writes or reads: copies all rows of `practitioners`; nobody else can write to it meanwhile
ALTER TABLE `practitioners`
  ADD INDEX `practitioners_supervisor_id_fkey` (`supervisor_id`),
  ADD CONSTRAINT `practitioners_supervisor_id_fkey` FOREIGN KEY (`supervisor_id`) REFERENCES `practitioners` (`id`) ON DELETE SET NULL ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
