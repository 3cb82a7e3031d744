-- 20240318_162039: down, mysql
-- what the migration took from rows does not come back:
--   drops column `patients.street` with its values
--   drops column `patients.postal_code` with its values
--   drops column `patients.city` with its values

-- change table patients: 3 changes
--   + column patients.street: varchar(255) null
--   + column patients.postal_code: varchar(12) null
--   + column patients.city: varchar(255) null
ALTER TABLE `patients`
  ADD COLUMN `street` varchar(255) NULL,
  ADD COLUMN `postal_code` varchar(12) NULL,
  ADD COLUMN `city` varchar(255) NULL,
  ALGORITHM=INSTANT;
