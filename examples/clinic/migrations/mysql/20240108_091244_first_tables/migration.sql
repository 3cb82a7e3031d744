-- 20240108_091244: up, mysql

-- create table clinics
-- One house of the chain.
--   code: The short name on letters and invoices: `VIE1`.
CREATE TABLE `clinics` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `code` varchar(8) NOT NULL COMMENT 'The short name on letters and invoices: `VIE1`.',
  `name` varchar(255) NOT NULL,
  `opened_on` date NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `clinics_code_key` (`code`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='One house of the chain.';

-- create table patients
-- Someone who is treated here.
--   card_number: The number on the patient's card, the same in all our houses.
CREATE TABLE `patients` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `card_number` bigint NOT NULL COMMENT 'The number on the patient''s card, the same in all our houses.',
  `given_name` varchar(80) NOT NULL,
  `surname` varchar(80) NOT NULL,
  `birth_date` date NOT NULL,
  `email` varchar(255) NULL,
  `street` varchar(255) NULL,
  `postal_code` varchar(12) NULL,
  `city` varchar(255) NULL,
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `updated_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  `clinic_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `patients_card_number_key` (`card_number`),
  INDEX `patients_clinic_id_fkey` (`clinic_id`),
  CONSTRAINT `patients_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Someone who is treated here.';

-- create table doctors
-- A doctor of one of our houses.
--   licence: The number that the medical association gave.
CREATE TABLE `doctors` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `licence` int NOT NULL COMMENT 'The number that the medical association gave.',
  `email` varchar(255) NOT NULL,
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `clinic_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `doctors_licence_key` (`licence`),
  UNIQUE INDEX `doctors_email_key` (`email`),
  INDEX `doctors_clinic_id_fkey` (`clinic_id`),
  CONSTRAINT `doctors_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='A doctor of one of our houses.';

-- create table rooms
--   floor: As it is written on the door: "2", "-1".
CREATE TABLE `rooms` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `floor` varchar(255) NOT NULL DEFAULT '0' COMMENT 'As it is written on the door: "2", "-1".',
  `clinic_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `rooms_clinic_id_fkey` (`clinic_id`),
  CONSTRAINT `rooms_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table appointments
--   reason: Why the patient comes, in the patient's words.
CREATE TABLE `appointments` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `starts_at` datetime NOT NULL,
  `minutes` int NOT NULL DEFAULT 15,
  `status` enum('BOOKED','TENTATIVE','CANCELED','DONE') NOT NULL DEFAULT 'BOOKED',
  `reason` varchar(255) NULL COMMENT 'Why the patient comes, in the patient''s words.',
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `patient_id` varchar(36) NOT NULL,
  `doctor_id` varchar(36) NOT NULL,
  `room_id` varchar(36) NULL,
  PRIMARY KEY (`id`),
  INDEX `appointments_doctor_id_starts_at_idx` (`doctor_id`, `starts_at`),
  INDEX `appointments_patient_id_fkey` (`patient_id`),
  INDEX `appointments_room_id_fkey` (`room_id`),
  CONSTRAINT `appointments_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT `appointments_doctor_id_fkey` FOREIGN KEY (`doctor_id`) REFERENCES `doctors` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT `appointments_room_id_fkey` FOREIGN KEY (`room_id`) REFERENCES `rooms` (`id`) ON DELETE SET NULL ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table invoices
--   number: Counted up without gaps being filled: no number is ever given twice.
CREATE TABLE `invoices` (
  `number` bigint NOT NULL AUTO_INCREMENT COMMENT 'Counted up without gaps being filled: no number is ever given twice.',
  `issued_on` date NOT NULL DEFAULT (current_date()),
  `state` enum('OPEN','PAID','WRITTEN_OFF') NOT NULL DEFAULT 'OPEN',
  `total` double NOT NULL DEFAULT 0,
  `created_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`number`),
  INDEX `invoices_patient_id_fkey` (`patient_id`),
  CONSTRAINT `invoices_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table invoice_lines
CREATE TABLE `invoice_lines` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `position` int NOT NULL,
  `text` varchar(255) NOT NULL,
  `amount` double NOT NULL,
  `invoice_number` bigint NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `invoice_lines_invoice_number_fkey` (`invoice_number`),
  CONSTRAINT `invoice_lines_invoice_number_fkey` FOREIGN KEY (`invoice_number`) REFERENCES `invoices` (`number`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table opening_hours
-- When a house is open; a day without a row is a day off.
CREATE TABLE `opening_hours` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `weekday` enum('MON','TUE','WED','THU','FRI','SAT','SUN') NOT NULL,
  `opens_at` time NOT NULL DEFAULT '08:00:00',
  `closes_at` time NOT NULL DEFAULT '18:00:00',
  `clinic_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='When a house is open; a day without a row is a day off.';

-- create table paper_files
-- A folder of paper in the cellar.
CREATE TABLE `paper_files` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `shelf` varchar(255) NOT NULL,
  `label` varchar(255) NULL,
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `paper_files_patient_id_fkey` (`patient_id`),
  CONSTRAINT `paper_files_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='A folder of paper in the cellar.';
