-- 20240318_162039: down, sqlite

-- add column patients.street
ALTER TABLE "patients" ADD COLUMN "street" text;

-- add column patients.postal_code
ALTER TABLE "patients" ADD COLUMN "postal_code" text;

-- add column patients.city
ALTER TABLE "patients" ADD COLUMN "city" text;
