-- 20250113_090457: up, mysql

-- drop foreign key vaccinations_patient_id_fkey of vaccinations
ALTER TABLE `vaccinations` DROP FOREIGN KEY `vaccinations_patient_id_fkey`, ALGORITHM=INSTANT;

-- rename table vaccinations to immunisations
-- ! breaks code that runs against the old schema: code that uses the name `vaccinations` fails
RENAME TABLE `vaccinations` TO `immunisations`;

-- rename in invoices: state to status
-- ! breaks code that runs against the old schema: code that uses the name `invoices.state` fails
ALTER TABLE `invoices` RENAME COLUMN `state` TO `status`, ALGORITHM=INSTANT;

-- rename in observations: taken_at to measured_at
-- ! breaks code that runs against the old schema: code that uses the name `observations.taken_at` fails
ALTER TABLE `observations` RENAME COLUMN `taken_at` TO `measured_at`, ALGORITHM=INSTANT;

-- create table documents
-- A letter, a picture or a report that belongs to a visit.
--   size: How large it is, without reading it.
CREATE TABLE `documents` (
  `id` varchar(36) NOT NULL DEFAULT (uuid()),
  `name` varchar(255) NOT NULL,
  `media_type` varchar(255) NOT NULL DEFAULT 'application/pdf',
  `content` longblob NOT NULL,
  `size` bigint GENERATED ALWAYS AS (length(content)) STORED COMMENT 'How large it is, without reading it.',
  `encounter_id` varchar(36) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `documents_encounter_id_fkey` (`encounter_id`),
  CONSTRAINT `documents_encounter_id_fkey` FOREIGN KEY (`encounter_id`) REFERENCES `encounters` (`id`) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='A letter, a picture or a report that belongs to a visit.';

-- ~ table audit_entries: no options → row_format=compressed
-- ! rewrites the table: writes all rows of `audit_entries` anew, while others read and write
ALTER TABLE `audit_entries` ROW_FORMAT=compressed, ALGORITHM=INPLACE, LOCK=NONE;

-- > index vaccinations_patient_id_fkey → immunisations_patient_id_fkey
ALTER TABLE `immunisations` RENAME INDEX `vaccinations_patient_id_fkey` TO `immunisations_patient_id_fkey`, ALGORITHM=INSTANT;

-- ~ column invoices.status: enum('OPEN','PAID','WRITTEN_OFF') → enum('OPEN','PAID','WRITTEN_OFF','SETTLED')
ALTER TABLE `invoices` MODIFY COLUMN `status` enum('OPEN','PAID','WRITTEN_OFF','SETTLED') NOT NULL DEFAULT 'OPEN', ALGORITHM=INSTANT;

-- in invoices.status, turn 'PAID' to 'SETTLED'
-- ! breaks code that runs against the old schema: `invoices.status` holds 'SETTLED' in place of 'PAID'
-- ! blocks writes or reads: writes to rows of `invoices` wait while those get their values
UPDATE `invoices` SET `status` = 'SETTLED' WHERE `status` = 'PAID';

-- ~ column invoices.status: enum('OPEN','PAID','WRITTEN_OFF','SETTLED') → enum('OPEN','SETTLED','WRITTEN_OFF')
-- ! blocks writes or reads: copies all rows of `invoices`; nobody else can write to it meanwhile
ALTER TABLE `invoices` MODIFY COLUMN `status` enum('OPEN','SETTLED','WRITTEN_OFF') NOT NULL DEFAULT 'OPEN', ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key immunisations_patient_id_fkey to immunisations
-- ! blocks writes or reads: copies all rows of `immunisations`; nobody else can write to it meanwhile
ALTER TABLE `immunisations` ADD CONSTRAINT `immunisations_patient_id_fkey` FOREIGN KEY (`patient_id`) REFERENCES `patients` (`id`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
