-- 20240304_085502: up, mysql

-- create table patient_addresses
-- Where a patient lives, works or gets letters.
CREATE TABLE `patient_addresses` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `kind` enum('HOME','WORK','POSTAL') NOT NULL DEFAULT 'HOME',
  `street` varchar(255) NOT NULL,
  `postal_code` varchar(12) NOT NULL,
  `city` varchar(255) NOT NULL,
  `country` varchar(2) NOT NULL DEFAULT 'AT',
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `patient_addresses_patient_id_fkey` (`patient_id`),
  CONSTRAINT `patient_addresses_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Where a patient lives, works or gets letters.';
