-- 20240715_152205: down, mysql
-- what the migration took from rows does not come back:
--   drops column `invoice_lines.id` with its values
--   drops column `opening_hours.id` with its values

-- drop foreign keys employments_practitioner_id_fkey, employments_clinic_id_fkey of employments
ALTER TABLE `employments`
  DROP FOREIGN KEY `employments_practitioner_id_fkey`,
  DROP FOREIGN KEY `employments_clinic_id_fkey`,
  ALGORITHM=INSTANT;

-- drop foreign key opening_hours_clinic_id_fkey of opening_hours
ALTER TABLE `opening_hours` DROP FOREIGN KEY `opening_hours_clinic_id_fkey`, ALGORITHM=INSTANT;

-- drop foreign key payments_line_fkey of payments
ALTER TABLE `payments` DROP FOREIGN KEY `payments_line_fkey`, ALGORITHM=INSTANT;

-- - index employments_clinic_id_fkey on employments
ALTER TABLE `employments` DROP INDEX `employments_clinic_id_fkey`, ALGORITHM=INPLACE, LOCK=NONE;

-- change table invoice_lines: 3 changes
--   ~ primary key invoice_lines: (invoice_number, position) → (id)
--   + column invoice_lines.id: varchar(36) not null default (uuid())
--   + index invoice_lines_invoice_number_fkey on invoice_lines (invoice_number)
-- ! may fail on existing data: `invoice_lines` may have rows with equal `id`
-- ! blocks writes or reads: copies all rows of `invoice_lines`; nobody else can write to it meanwhile
ALTER TABLE `invoice_lines`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  ADD COLUMN `id` varchar(36) NOT NULL DEFAULT (uuid()),
  ADD INDEX `invoice_lines_invoice_number_fkey` (`invoice_number`),
  ALGORITHM=COPY, LOCK=SHARED;

-- change table opening_hours: 2 changes
--   ~ primary key opening_hours: (clinic_id, weekday) → (id)
--   + column opening_hours.id: varchar(36) not null default (uuid())
-- ! may fail on existing data: `opening_hours` may have rows with equal `id`
-- ! blocks writes or reads: copies all rows of `opening_hours`; nobody else can write to it meanwhile
ALTER TABLE `opening_hours`
  DROP PRIMARY KEY, ADD PRIMARY KEY (`id`),
  ADD COLUMN `id` varchar(36) NOT NULL DEFAULT (uuid()),
  ALGORITHM=COPY, LOCK=SHARED;

-- - index payments_line_fkey on payments
ALTER TABLE `payments` DROP INDEX `payments_line_fkey`, ALGORITHM=INPLACE, LOCK=NONE;

-- drop table payments
-- ! loses data: drops table `payments` with all its rows
-- ! breaks code that runs against the old schema: code that uses `payments` fails
DROP TABLE `payments`;

-- drop table employments
-- ! loses data: drops table `employments` with all its rows
-- ! breaks code that runs against the old schema: code that uses `employments` fails
DROP TABLE `employments`;
