-- 20240902_101546: up, mysql

-- create table insurers
-- Who pays for those who are insured.
--   electronic_address: Where invoices are sent to, as the clearing house has it.
CREATE TABLE `insurers` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `electronic_address` varchar(255) NULL COMMENT 'Where invoices are sent to, as the clearing house has it.',
  PRIMARY KEY (`id`),
  UNIQUE INDEX `insurers_name_key` (`name`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Who pays for those who are insured.';

-- create table insurance_policies
CREATE TABLE `insurance_policies` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `policy_number` varchar(255) NOT NULL,
  `valid_from` date NOT NULL,
  `valid_until` date NULL,
  `insurer_id` varchar(36) NOT NULL,
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `insurance_policies_insurer_id_policy_number_key` (`insurer_id`, `policy_number`),
  INDEX `insurance_policies_valid_from_idx` (`valid_from` DESC),
  CONSTRAINT `insurance_policies_insurer_id_fkey` FOREIGN KEY (`insurer_id`) REFERENCES `insurers` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- create table patient_contacts
-- Whom we call when something happens.
--   main: Called first; a patient has one such contact at most.
CREATE TABLE `patient_contacts` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `phone` varchar(255) NOT NULL,
  `relationship` varchar(255) NULL,
  `main` tinyint(1) NOT NULL DEFAULT 0 COMMENT 'Called first; a patient has one such contact at most.',
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Whom we call when something happens.';

-- change table patients: 2 changes
--   ~ column patients.email: comment none → No two patients of one house share an address, however it is spelled.
--   + index patients_family_name_birth_date_idx on patients (family_name, birth_date desc)
ALTER TABLE `patients`
  MODIFY COLUMN `email` varchar(255) NULL COMMENT 'No two patients of one house share an address, however it is spelled.',
  ADD INDEX `patients_family_name_birth_date_idx` (`family_name`, `birth_date` DESC),
  ALGORITHM=INPLACE, LOCK=NONE;

-- change table rooms: 2 changes
--   + unique index rooms_clinic_id_name_key on rooms (clinic_id, name)
--   - index rooms_clinic_id_fkey on rooms
-- ! may fail on existing data: `rooms` may have rows with equal `clinic_id, name`: index `rooms_clinic_id_name_key`
ALTER TABLE `rooms`
  ADD UNIQUE INDEX `rooms_clinic_id_name_key` (`clinic_id`, `name`),
  DROP INDEX `rooms_clinic_id_fkey`,
  ALGORITHM=INPLACE, LOCK=NONE;

-- + index appointments_to_come_idx on appointments (starts_at)
ALTER TABLE `appointments` ADD INDEX `appointments_to_come_idx` (`starts_at`), ALGORITHM=INPLACE, LOCK=NONE;

-- + column invoices.policy_id: varchar(36) null
ALTER TABLE `invoices` ADD COLUMN `policy_id` varchar(36) NULL, ALGORITHM=INSTANT;

-- + index invoices_open_idx on invoices (issued_on)
ALTER TABLE `invoices` ADD INDEX `invoices_open_idx` (`issued_on`), ALGORITHM=INPLACE, LOCK=NONE;

-- add foreign key insurance_policies_patient_id_fkey to insurance_policies
ALTER TABLE `insurance_policies`
  ADD INDEX `insurance_policies_patient_id_fkey` (`patient_id`),
  ADD CONSTRAINT `insurance_policies_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key patient_contacts_patient_id_fkey to patient_contacts
ALTER TABLE `patient_contacts`
  ADD INDEX `patient_contacts_patient_id_fkey` (`patient_id`),
  ADD CONSTRAINT `patient_contacts_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key invoices_policy_id_fkey to invoices
-- ! blocks writes or reads: copies all rows of `invoices`; nobody else can write to it meanwhile
ALTER TABLE `invoices`
  ADD INDEX `invoices_policy_id_fkey` (`policy_id`),
  ADD CONSTRAINT `invoices_policy_id_fkey` FOREIGN KEY (`policy_id`) REFERENCES `insurance_policies` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
