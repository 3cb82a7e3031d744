-- 20240318_162039: down, postgres
-- what the migration took from rows does not come back:
--   drops column `patients.street` with its values
--   drops column `patients.postal_code` with its values
--   drops column `patients.city` with its values

-- alter table patients
--   + column patients.street: text null
--   + column patients.postal_code: character varying(12) null
--   + column patients.city: text null
ALTER TABLE "patients"
  ADD COLUMN "street" text,
  ADD COLUMN "postal_code" character varying(12),
  ADD COLUMN "city" text;
