-- 20240318_162039: up, postgres

-- alter table patients
--   - column patients.street
--   - column patients.postal_code
--   - column patients.city
-- ! loses data: drops column `patients.street` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.street` fails
-- ! loses data: drops column `patients.postal_code` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.postal_code` fails
-- ! loses data: drops column `patients.city` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.city` fails
ALTER TABLE "patients"
  DROP COLUMN "street",
  DROP COLUMN "postal_code",
  DROP COLUMN "city";
