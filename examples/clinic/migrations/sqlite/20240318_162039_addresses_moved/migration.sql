-- 20240318_162039: up, sqlite

-- drop column patients.street
-- ! loses data: drops column `patients.street` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.street` fails
-- ! rewrites the table: writes all rows of `patients` anew
ALTER TABLE "patients" DROP COLUMN "street";

-- drop column patients.postal_code
-- ! loses data: drops column `patients.postal_code` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.postal_code` fails
-- ! rewrites the table: writes all rows of `patients` anew
ALTER TABLE "patients" DROP COLUMN "postal_code";

-- drop column patients.city
-- ! loses data: drops column `patients.city` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.city` fails
-- ! rewrites the table: writes all rows of `patients` anew
ALTER TABLE "patients" DROP COLUMN "city";
