-- 20241125_125909: down, mysql
-- what the migration took from rows does not come back:
--   drops table `paper_files` with all its rows

-- drop table stock_movements
-- ! loses data: drops table `stock_movements` with all its rows
-- ! breaks code that runs against the old schema: code that uses `stock_movements` fails
DROP TABLE `stock_movements`;

-- drop table stock_items
-- ! loses data: drops table `stock_items` with all its rows
-- ! breaks code that runs against the old schema: code that uses `stock_items` fails
DROP TABLE `stock_items`;

-- drop table suppliers
-- ! loses data: drops table `suppliers` with all its rows
-- ! breaks code that runs against the old schema: code that uses `suppliers` fails
DROP TABLE `suppliers`;

-- drop table audit_entries
-- ! loses data: drops table `audit_entries` with all its rows
-- ! breaks code that runs against the old schema: code that uses `audit_entries` fails
DROP TABLE `audit_entries`;

-- create table paper_files
CREATE TABLE `paper_files` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `shelf` varchar(255) NOT NULL,
  `label` varchar(255) NULL,
  `patient_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `paper_files_patient_id_fkey` (`patient_id`),
  CONSTRAINT `paper_files_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='A folder of paper in the cellar.';

-- change table clinics: 2 changes
--   - column clinics.position
--   - column clinics.settings
-- ! loses data: drops column `clinics.position` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.position` fails
-- ! loses data: drops column `clinics.settings` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.settings` fails
ALTER TABLE `clinics`
  DROP COLUMN `position`,
  DROP COLUMN `settings`,
  ALGORITHM=INSTANT;
