-- 20250113_090457: down, mysql

-- drop foreign key immunisations_patient_id_fkey of immunisations
ALTER TABLE `immunisations` DROP FOREIGN KEY `immunisations_patient_id_fkey`, ALGORITHM=INSTANT;

-- drop table documents
-- ! loses data: drops table `documents` with all its rows
-- ! breaks code that runs against the old schema: code that uses `documents` fails
DROP TABLE `documents`;

-- rename table immunisations to vaccinations
-- ! breaks code that runs against the old schema: code that uses the name `immunisations` fails
RENAME TABLE `immunisations` TO `vaccinations`;

-- rename in invoices: status to state
-- ! breaks code that runs against the old schema: code that uses the name `invoices.status` fails
ALTER TABLE `invoices` RENAME COLUMN `status` TO `state`, ALGORITHM=INSTANT;

-- rename in observations: measured_at to taken_at
-- ! breaks code that runs against the old schema: code that uses the name `observations.measured_at` fails
ALTER TABLE `observations` RENAME COLUMN `measured_at` TO `taken_at`, ALGORITHM=INSTANT;

-- ~ table audit_entries: row_format=compressed → no options
-- ! rewrites the table: writes all rows of `audit_entries` anew, while others read and write
ALTER TABLE `audit_entries` ROW_FORMAT=DEFAULT, ALGORITHM=INPLACE, LOCK=NONE;

-- ~ column invoices.state: enum('OPEN','SETTLED','WRITTEN_OFF') → enum('OPEN','SETTLED','WRITTEN_OFF','PAID')
ALTER TABLE `invoices` MODIFY COLUMN `state` enum('OPEN','SETTLED','WRITTEN_OFF','PAID') NOT NULL DEFAULT 'OPEN', ALGORITHM=INSTANT;

-- in invoices.state, turn 'SETTLED' to 'PAID'
-- ! breaks code that runs against the old schema: `invoices.state` holds 'PAID' in place of 'SETTLED'
-- ! blocks writes or reads: writes to rows of `invoices` wait while those get their values
UPDATE `invoices` SET `state` = 'PAID' WHERE `state` = 'SETTLED';

-- ~ column invoices.state: enum('OPEN','SETTLED','WRITTEN_OFF','PAID') → enum('OPEN','PAID','WRITTEN_OFF')
-- ! blocks writes or reads: copies all rows of `invoices`; nobody else can write to it meanwhile
ALTER TABLE `invoices` MODIFY COLUMN `state` enum('OPEN','PAID','WRITTEN_OFF') NOT NULL DEFAULT 'OPEN', ALGORITHM=COPY, LOCK=SHARED;

-- > index immunisations_patient_id_fkey → vaccinations_patient_id_fkey
ALTER TABLE `vaccinations` RENAME INDEX `immunisations_patient_id_fkey` TO `vaccinations_patient_id_fkey`, ALGORITHM=INSTANT;

-- add foreign key vaccinations_patient_id_fkey to vaccinations
-- ! blocks writes or reads: copies all rows of `vaccinations`; nobody else can write to it meanwhile
ALTER TABLE `vaccinations` ADD CONSTRAINT `vaccinations_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
