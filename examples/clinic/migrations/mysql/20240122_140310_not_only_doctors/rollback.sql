-- 20240122_140310: down, mysql

-- drop foreign key practitioners_clinic_id_fkey of practitioners
ALTER TABLE `practitioners` DROP FOREIGN KEY `practitioners_clinic_id_fkey`, ALGORITHM=INSTANT;

-- drop foreign key appointments_practitioner_id_fkey of appointments
ALTER TABLE `appointments` DROP FOREIGN KEY `appointments_practitioner_id_fkey`, ALGORITHM=INSTANT;

-- rename table practitioners to doctors
-- ! breaks code that runs against the old schema: code that uses the name `practitioners` fails
RENAME TABLE `practitioners` TO `doctors`;

-- rename in patients: family_name to surname
-- ! breaks code that runs against the old schema: code that uses the name `patients.family_name` fails
ALTER TABLE `patients` RENAME COLUMN `family_name` TO `surname`, ALGORITHM=INSTANT;

-- rename in appointments: practitioner_id to doctor_id
-- ! breaks code that runs against the old schema: code that uses the name `appointments.practitioner_id` fails
ALTER TABLE `appointments` RENAME COLUMN `practitioner_id` TO `doctor_id`, ALGORITHM=INSTANT;

-- change table doctors: 4 changes
--   > unique index practitioners_licence_key → doctors_licence_key
--   > unique index practitioners_email_key → doctors_email_key
--   ~ table doctors: comment
--   > index practitioners_clinic_id_fkey → doctors_clinic_id_fkey
ALTER TABLE `doctors`
  RENAME INDEX `practitioners_licence_key` TO `doctors_licence_key`,
  RENAME INDEX `practitioners_email_key` TO `doctors_email_key`,
  COMMENT='A doctor of one of our houses.',
  RENAME INDEX `practitioners_clinic_id_fkey` TO `doctors_clinic_id_fkey`,
  ALGORITHM=INSTANT;

-- > index appointments_practitioner_id_starts_at_idx → appointments_doctor_id_starts_at_idx
ALTER TABLE `appointments` RENAME INDEX `appointments_practitioner_id_starts_at_idx` TO `appointments_doctor_id_starts_at_idx`, ALGORITHM=INSTANT;

-- add foreign key doctors_clinic_id_fkey to doctors
-- ! blocks writes or reads: copies all rows of `doctors`; nobody else can write to it meanwhile
ALTER TABLE `doctors` ADD CONSTRAINT `doctors_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key appointments_doctor_id_fkey to appointments
-- ! blocks writes or reads: copies all rows of `appointments`; nobody else can write to it meanwhile
ALTER TABLE `appointments` ADD CONSTRAINT `appointments_doctor_id_fkey` FOREIGN KEY (`doctor_id`) REFERENCES `doctors` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
