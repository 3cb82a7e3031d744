-- 20240122_140310: up, mysql

-- drop foreign key doctors_clinic_id_fkey of doctors
ALTER TABLE `doctors` DROP FOREIGN KEY `doctors_clinic_id_fkey`, ALGORITHM=INSTANT;

-- drop foreign key appointments_doctor_id_fkey of appointments
ALTER TABLE `appointments` DROP FOREIGN KEY `appointments_doctor_id_fkey`, ALGORITHM=INSTANT;

-- rename table doctors to practitioners
-- ! breaks code that runs against the old schema: code that uses the name `doctors` fails
RENAME TABLE `doctors` TO `practitioners`;

-- rename in patients: surname to family_name
-- ! breaks code that runs against the old schema: code that uses the name `patients.surname` fails
ALTER TABLE `patients` RENAME COLUMN `surname` TO `family_name`, ALGORITHM=INSTANT;

-- rename in appointments: doctor_id to practitioner_id
-- ! breaks code that runs against the old schema: code that uses the name `appointments.doctor_id` fails
ALTER TABLE `appointments` RENAME COLUMN `doctor_id` TO `practitioner_id`, ALGORITHM=INSTANT;

-- change table practitioners: 4 changes
--   > unique index doctors_licence_key → practitioners_licence_key
--   > unique index doctors_email_key → practitioners_email_key
--   ~ table practitioners: comment
--   > index doctors_clinic_id_fkey → practitioners_clinic_id_fkey
ALTER TABLE `practitioners`
  RENAME INDEX `doctors_licence_key` TO `practitioners_licence_key`,
  RENAME INDEX `doctors_email_key` TO `practitioners_email_key`,
  COMMENT='A doctor, nurse or therapist of one of our houses.',
  RENAME INDEX `doctors_clinic_id_fkey` TO `practitioners_clinic_id_fkey`,
  ALGORITHM=INSTANT;

-- > index appointments_doctor_id_starts_at_idx → appointments_practitioner_id_starts_at_idx
ALTER TABLE `appointments` RENAME INDEX `appointments_doctor_id_starts_at_idx` TO `appointments_practitioner_id_starts_at_idx`, ALGORITHM=INSTANT;

-- add foreign key practitioners_clinic_id_fkey to practitioners
-- ! blocks writes or reads: copies all rows of `practitioners`; nobody else can write to it meanwhile
ALTER TABLE `practitioners` ADD CONSTRAINT `practitioners_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key appointments_practitioner_id_fkey to appointments
-- ! blocks writes or reads: copies all rows of `appointments`; nobody else can write to it meanwhile
ALTER TABLE `appointments` ADD CONSTRAINT `appointments_practitioner_id_fkey` FOREIGN KEY (`practitioner_id`) REFERENCES `practitioners` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
