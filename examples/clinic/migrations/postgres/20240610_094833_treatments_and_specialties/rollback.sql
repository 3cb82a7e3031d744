-- 20240610_094833: down, postgres

-- drop the foreign key of practitioners to practitioners
ALTER TABLE "practitioners" DROP CONSTRAINT "practitioners_supervisor_id_fkey";

-- drop table vaccinations
-- ! loses data: drops table `vaccinations` with all its rows
-- ! breaks code that runs against the old schema: code that uses `vaccinations` fails
DROP TABLE "vaccinations";

-- drop table room_equipment
-- ! loses data: drops table `room_equipment` with all its rows
-- ! breaks code that runs against the old schema: code that uses `room_equipment` fails
DROP TABLE "room_equipment";

-- drop table prescription_items
-- ! loses data: drops table `prescription_items` with all its rows
-- ! breaks code that runs against the old schema: code that uses `prescription_items` fails
DROP TABLE "prescription_items";

-- drop table prescriptions
-- ! loses data: drops table `prescriptions` with all its rows
-- ! breaks code that runs against the old schema: code that uses `prescriptions` fails
DROP TABLE "prescriptions";

-- drop table practitioner_specialties
-- ! loses data: drops table `practitioner_specialties` with all its rows
-- ! breaks code that runs against the old schema: code that uses `practitioner_specialties` fails
DROP TABLE "practitioner_specialties";

-- drop table specialties
-- ! loses data: drops table `specialties` with all its rows
-- ! breaks code that runs against the old schema: code that uses `specialties` fails
DROP TABLE "specialties";

-- drop table patient_allergies
-- ! loses data: drops table `patient_allergies` with all its rows
-- ! breaks code that runs against the old schema: code that uses `patient_allergies` fails
DROP TABLE "patient_allergies";

-- drop table medications
-- ! loses data: drops table `medications` with all its rows
-- ! breaks code that runs against the old schema: code that uses `medications` fails
DROP TABLE "medications";

-- drop table lab_results
-- ! loses data: drops table `lab_results` with all its rows
-- ! breaks code that runs against the old schema: code that uses `lab_results` fails
DROP TABLE "lab_results";

-- drop table lab_tests
-- ! loses data: drops table `lab_tests` with all its rows
-- ! breaks code that runs against the old schema: code that uses `lab_tests` fails
DROP TABLE "lab_tests";

-- drop table lab_orders
-- ! loses data: drops table `lab_orders` with all its rows
-- ! breaks code that runs against the old schema: code that uses `lab_orders` fails
DROP TABLE "lab_orders";

-- drop table equipment
-- ! loses data: drops table `equipment` with all its rows
-- ! breaks code that runs against the old schema: code that uses `equipment` fails
DROP TABLE "equipment";

-- drop table allergies
-- ! loses data: drops table `allergies` with all its rows
-- ! breaks code that runs against the old schema: code that uses `allergies` fails
DROP TABLE "allergies";

-- alter table practitioners
--   - column practitioners.supervisor_id
-- ! loses data: drops column `practitioners.supervisor_id` with its values
-- ! breaks code that runs against the old schema: code that uses `practitioners.supervisor_id` fails
ALTER TABLE "practitioners" DROP COLUMN "supervisor_id";

-- drop type lab_order_status
DROP TYPE "lab_order_status";
