-- 20240219_104127: up, mysql

-- create table encounters
-- One visit, as it went.
CREATE TABLE `encounters` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `started_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `ended_at` datetime NULL,
  `notes` varchar(255) NOT NULL DEFAULT '',
  `updated_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `patient_id` varchar(36) NOT NULL,
  `practitioner_id` varchar(36) NOT NULL,
  `appointment_id` varchar(36) NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `encounters_appointment_id_key` (`appointment_id`),
  INDEX `encounters_patient_id_fkey` (`patient_id`),
  INDEX `encounters_practitioner_id_fkey` (`practitioner_id`),
  CONSTRAINT `encounters_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT `encounters_practitioner_id_fkey` FOREIGN KEY (`practitioner_id`) REFERENCES `practitioners` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT `encounters_appointment_id_fkey` FOREIGN KEY (`appointment_id`) REFERENCES `appointments` (`id`) ON DELETE SET NULL ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='One visit, as it went.';

-- create table diagnoses
-- What was found, as an ICD-10 code.
CREATE TABLE `diagnoses` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `code` varchar(8) NOT NULL,
  `note` varchar(255) NULL,
  `encounter_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `diagnoses_code_idx` (`code`),
  INDEX `diagnoses_encounter_id_fkey` (`encounter_id`),
  CONSTRAINT `diagnoses_encounter_id_fkey` FOREIGN KEY (`encounter_id`) REFERENCES `encounters` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='What was found, as an ICD-10 code.';

-- create table observations
-- What was measured: pulse, weight, temperature.
--   code: What is measured, as a LOINC code.
CREATE TABLE `observations` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `code` varchar(255) NOT NULL COMMENT 'What is measured, as a LOINC code.',
  `value` double NOT NULL,
  `unit` varchar(255) NOT NULL,
  `taken_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `encounter_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `observations_encounter_id_fkey` (`encounter_id`),
  CONSTRAINT `observations_encounter_id_fkey` FOREIGN KEY (`encounter_id`) REFERENCES `encounters` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='What was measured: pulse, weight, temperature.';

-- + column clinics.timezone: varchar(255) not null, rows get 'Europe/Vienna'
-- ! breaks code that runs against the old schema: code that inserts into `clinics` without `timezone` fails
ALTER TABLE `clinics` ADD COLUMN `timezone` varchar(255) NOT NULL DEFAULT 'Europe/Vienna' COMMENT 'An IANA name: `Europe/Vienna`.', ALGORITHM=INSTANT;

-- ~ column clinics.timezone: default 'Europe/Vienna' → none
ALTER TABLE `clinics` MODIFY COLUMN `timezone` varchar(255) NOT NULL COMMENT 'An IANA name: `Europe/Vienna`.', ALGORITHM=INSTANT;

-- + column patients.language: enum('en','de','tr') not null default 'en'
ALTER TABLE `patients` ADD COLUMN `language` enum('en','de','tr') NOT NULL DEFAULT 'en', ALGORITHM=INSTANT;
