-- 20241014_083120: down, mysql

-- change table patients: 2 changes
--   - check patients patients_birth_date_check (birth_date >= '1890-01-01')
--   - column patients.full_name
-- ! breaks code that runs against the old schema: code that uses `patients.full_name` fails
ALTER TABLE `patients`
  DROP CONSTRAINT `patients_birth_date_check`,
  DROP COLUMN `full_name`,
  ALGORITHM=INSTANT;

-- - check appointments appointments_minutes_check (minutes BETWEEN 5 AND 480)
ALTER TABLE `appointments` DROP CONSTRAINT `appointments_minutes_check`, ALGORITHM=INSTANT;

-- - check encounters encounters_check (ended_at IS NULL OR ended_at >= started_at)
ALTER TABLE `encounters` DROP CONSTRAINT `encounters_check`, ALGORITHM=INSTANT;

-- change table invoice_lines: 5 changes
--   - check invoice_lines invoice_lines_quantity_check (quantity > 0)
--   - column invoice_lines.quantity
--   - column invoice_lines.tax_percent
--   - column invoice_lines.gross
--   ~ column invoice_lines.amount: comment Before tax. → none
-- ! loses data: drops column `invoice_lines.quantity` with its values
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.quantity` fails
-- ! loses data: drops column `invoice_lines.tax_percent` with its values
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.tax_percent` fails
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.gross` fails
ALTER TABLE `invoice_lines`
  DROP CONSTRAINT `invoice_lines_quantity_check`,
  DROP COLUMN `quantity`,
  DROP COLUMN `tax_percent`,
  DROP COLUMN `gross`,
  MODIFY COLUMN `amount` decimal(10,2) NOT NULL,
  ALGORITHM=INSTANT;

-- - check lab_tests lab_tests_highest_check (lowest IS NULL OR highest IS NULL OR lowest <= highest)
ALTER TABLE `lab_tests` DROP CONSTRAINT `lab_tests_highest_check`, ALGORITHM=INSTANT;

-- - check opening_hours opening_hours_order_check (opens_at < closes_at)
ALTER TABLE `opening_hours` DROP CONSTRAINT `opening_hours_order_check`, ALGORITHM=INSTANT;
