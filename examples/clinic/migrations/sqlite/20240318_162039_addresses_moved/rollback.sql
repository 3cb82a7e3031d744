-- 20240318_162039: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `patients.street` with its values
--   drops column `patients.postal_code` with its values
--   drops column `patients.city` with its values

-- add column patients.street
ALTER TABLE "patients" ADD COLUMN "street" text;

-- add column patients.postal_code
ALTER TABLE "patients" ADD COLUMN "postal_code" text;

-- add column patients.city
ALTER TABLE "patients" ADD COLUMN "city" text;
