-- 20240902_101546: down, postgres

-- drop the foreign key of invoices to insurance_policies
ALTER TABLE "invoices" DROP CONSTRAINT "invoices_policy_id_fkey";

-- drop table patient_contacts
-- ! loses data: drops table `patient_contacts` with all its rows
-- ! breaks code that runs against the old schema: code that uses `patient_contacts` fails
DROP TABLE "patient_contacts";

-- drop table insurance_policies
-- ! loses data: drops table `insurance_policies` with all its rows
-- ! breaks code that runs against the old schema: code that uses `insurance_policies` fails
DROP TABLE "insurance_policies";

-- drop table insurers
-- ! loses data: drops table `insurers` with all its rows
-- ! breaks code that runs against the old schema: code that uses `insurers` fails
DROP TABLE "insurers";

-- describe patients.email
COMMENT ON COLUMN "patients"."email" IS NULL;

-- alter table invoices
--   - column invoices.policy_id
-- ! loses data: drops column `invoices.policy_id` with its values
-- ! breaks code that runs against the old schema: code that uses `invoices.policy_id` fails
ALTER TABLE "invoices" DROP COLUMN "policy_id";

-- drop index patients_email_in_clinic_key of patients
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "patients_email_in_clinic_key";

-- drop index patients_family_name_birth_date_idx of patients
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "patients_family_name_birth_date_idx";

-- drop constraints of rooms
-- okra: new transaction
ALTER TABLE "rooms" DROP CONSTRAINT "rooms_clinic_id_name_key";

-- drop index appointments_to_come_idx of appointments
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "appointments_to_come_idx";

-- drop index invoices_open_idx of invoices
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "invoices_open_idx";
