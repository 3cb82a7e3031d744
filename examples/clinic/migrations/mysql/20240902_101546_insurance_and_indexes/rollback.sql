-- 20240902_101546: down, mysql

-- drop foreign key invoices_policy_id_fkey of invoices
ALTER TABLE `invoices` DROP FOREIGN KEY `invoices_policy_id_fkey`, ALGORITHM=INSTANT;

-- drop table patient_contacts
-- ! loses data: drops table `patient_contacts` with all its rows
-- ! breaks code that runs against the old schema: code that uses `patient_contacts` fails
DROP TABLE `patient_contacts`;

-- drop table insurance_policies
-- ! loses data: drops table `insurance_policies` with all its rows
-- ! breaks code that runs against the old schema: code that uses `insurance_policies` fails
DROP TABLE `insurance_policies`;

-- drop table insurers
-- ! loses data: drops table `insurers` with all its rows
-- ! breaks code that runs against the old schema: code that uses `insurers` fails
DROP TABLE `insurers`;

-- change table patients: 2 changes
--   - index patients_family_name_birth_date_idx on patients
--   ~ column patients.email: comment No two patients of one house share an address, however it is spelled. → none
ALTER TABLE `patients`
  DROP INDEX `patients_family_name_birth_date_idx`,
  MODIFY COLUMN `email` varchar(255) NULL,
  ALGORITHM=INPLACE, LOCK=NONE;

-- change table rooms: 2 changes
--   - unique index rooms_clinic_id_name_key on rooms
--   + index rooms_clinic_id_fkey on rooms (clinic_id)
ALTER TABLE `rooms`
  DROP INDEX `rooms_clinic_id_name_key`,
  ADD INDEX `rooms_clinic_id_fkey` (`clinic_id`),
  ALGORITHM=INPLACE, LOCK=NONE;

-- - index appointments_to_come_idx on appointments
ALTER TABLE `appointments` DROP INDEX `appointments_to_come_idx`, ALGORITHM=INPLACE, LOCK=NONE;

-- change table invoices: 2 changes
--   - index invoices_open_idx on invoices
--   - index invoices_policy_id_fkey on invoices
ALTER TABLE `invoices`
  DROP INDEX `invoices_open_idx`,
  DROP INDEX `invoices_policy_id_fkey`,
  ALGORITHM=INPLACE, LOCK=NONE;

-- - column invoices.policy_id
-- ! loses data: drops column `invoices.policy_id` with its values
-- ! breaks code that runs against the old schema: code that uses `invoices.policy_id` fails
ALTER TABLE `invoices` DROP COLUMN `policy_id`, ALGORITHM=INSTANT;
