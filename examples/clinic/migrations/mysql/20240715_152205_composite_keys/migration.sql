-- 20240715_152205: up, mysql

-- create table employments
-- Who works where, and how many hours a week; some work in two houses.
CREATE TABLE `employments` (
  `hours_per_week` decimal(3,1) NOT NULL,
  `since` date NOT NULL DEFAULT (current_date()),
  `practitioner_id` varchar(36) NOT NULL,
  `clinic_id` varchar(36) NOT NULL,
  PRIMARY KEY (`practitioner_id`, `clinic_id`),
  INDEX `employments_clinic_id_fkey` (`clinic_id`),
  CONSTRAINT `employments_practitioner_id_fkey` FOREIGN KEY (`practitioner_id`) REFERENCES `practitioners` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `employments_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Who works where, and how many hours a week; some work in two houses.';

-- create table payments
-- Money that came in for one line of an invoice.
CREATE TABLE `payments` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `amount` decimal(10,2) NOT NULL,
  `paid_at` datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `invoice_number` bigint NOT NULL,
  `line_position` int NOT NULL,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='Money that came in for one line of an invoice.';

-- change table invoice_lines: 2 changes
--   ~ primary key invoice_lines: (id) → (invoice_number, position)
--   - index invoice_lines_invoice_number_fkey on invoice_lines
-- ! may fail on existing data: `invoice_lines` may have rows with equal `invoice_number, position`
-- ! rewrites the table: writes all rows of `invoice_lines` anew, while others read and write
ALTER TABLE `invoice_lines`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`invoice_number`, `position`),
  DROP INDEX `invoice_lines_invoice_number_fkey`,
  ALGORITHM=INPLACE, LOCK=NONE;

-- ~ primary key opening_hours: (id) → (clinic_id, weekday)
-- ! may fail on existing data: `opening_hours` may have rows with equal `clinic_id, weekday`
-- ! rewrites the table: writes all rows of `opening_hours` anew, while others read and write
ALTER TABLE `opening_hours` DROP PRIMARY KEY, ADD PRIMARY KEY (`clinic_id`, `weekday`), ALGORITHM=INPLACE, LOCK=NONE;

-- add foreign key payments_line_fkey to payments
ALTER TABLE `payments`
  ADD INDEX `payments_line_fkey` (`invoice_number`, `line_position`),
  ADD CONSTRAINT `payments_line_fkey` FOREIGN KEY (`invoice_number`, `line_position`) REFERENCES `invoice_lines` (`invoice_number`, `position`) ON DELETE RESTRICT ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key opening_hours_clinic_id_fkey to opening_hours
-- ! may fail on existing data: `opening_hours.clinic_id` may hold values that `clinics` does not have
-- ! blocks writes or reads: copies all rows of `opening_hours`; nobody else can write to it meanwhile
ALTER TABLE `opening_hours` ADD CONSTRAINT `opening_hours_clinic_id_fkey` FOREIGN KEY (`clinic_id`) REFERENCES `clinics` (`id`) ON DELETE CASCADE ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;

-- - column invoice_lines.id
-- ! loses data: drops column `invoice_lines.id` with its values
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.id` fails
ALTER TABLE `invoice_lines` DROP COLUMN `id`, ALGORITHM=INSTANT;

-- - column opening_hours.id
-- ! loses data: drops column `opening_hours.id` with its values
-- ! breaks code that runs against the old schema: code that uses `opening_hours.id` fails
ALTER TABLE `opening_hours` DROP COLUMN `id`, ALGORITHM=INSTANT;
