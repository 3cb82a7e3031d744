-- 20241014_083120: up, mysql

-- change table patients: 2 changes
--   + column patients.full_name: varchar(255) null as (concat(given_name, ' ', family_name))
--   + check patients patients_birth_date_check (birth_date >= '1890-01-01')
-- ! may fail on existing data: `patients.full_name` may come out as a value that is no `varchar(255)`
-- ! may fail on existing data: rows of `patients` may not satisfy `birth_date >= '1890-01-01'`
-- ! blocks writes or reads: copies all rows of `patients`; nobody else can write to it meanwhile
ALTER TABLE `patients`
  ADD COLUMN `full_name` varchar(255) GENERATED ALWAYS AS (concat(given_name, ' ', family_name)) STORED COMMENT 'For lists and letters; nobody writes it.',
  ADD CONSTRAINT `patients_birth_date_check` CHECK (birth_date >= '1890-01-01'),
  ALGORITHM=COPY, LOCK=SHARED;

-- + check appointments appointments_minutes_check (minutes BETWEEN 5 AND 480)
-- ! may fail on existing data: rows of `appointments` may not satisfy `minutes BETWEEN 5 AND 480`
-- ! blocks writes or reads: copies all rows of `appointments`; nobody else can write to it meanwhile
ALTER TABLE `appointments` ADD CONSTRAINT `appointments_minutes_check` CHECK (minutes BETWEEN 5 AND 480), ALGORITHM=COPY, LOCK=SHARED;

-- + check encounters encounters_check (ended_at IS NULL OR ended_at >= started_at)
-- ! may fail on existing data: rows of `encounters` may not satisfy `ended_at IS NULL OR ended_at >= started_at`
-- ! blocks writes or reads: copies all rows of `encounters`; nobody else can write to it meanwhile
ALTER TABLE `encounters` ADD CONSTRAINT `encounters_check` CHECK (ended_at IS NULL OR ended_at >= started_at), ALGORITHM=COPY, LOCK=SHARED;

-- change table invoice_lines: 5 changes
--   + column invoice_lines.quantity: int not null default 1
--   ~ column invoice_lines.amount: comment none → Before tax.
--   + column invoice_lines.tax_percent: decimal(4,2) not null default 20.00
--   + column invoice_lines.gross: decimal(10,2) null as (round(amount * (1 + tax_percent / 100.0), 2))
--   + check invoice_lines invoice_lines_quantity_check (quantity > 0)
-- ! may fail on existing data: `invoice_lines.gross` may come out as a value that is no `decimal(10,2)`
-- ! blocks writes or reads: copies all rows of `invoice_lines`; nobody else can write to it meanwhile
ALTER TABLE `invoice_lines`
  ADD COLUMN `quantity` int NOT NULL DEFAULT 1,
  MODIFY COLUMN `amount` decimal(10,2) NOT NULL COMMENT 'Before tax.',
  ADD COLUMN `tax_percent` decimal(4,2) NOT NULL DEFAULT 20.00,
  ADD COLUMN `gross` decimal(10,2) GENERATED ALWAYS AS (round(amount * (1 + tax_percent / 100.0), 2)) STORED COMMENT 'What is to be paid for this line.',
  ADD CONSTRAINT `invoice_lines_quantity_check` CHECK (quantity > 0),
  ALGORITHM=COPY, LOCK=SHARED;

-- + check lab_tests lab_tests_highest_check (lowest IS NULL OR highest IS NULL OR lowest <= highest)
-- ! may fail on existing data: rows of `lab_tests` may not satisfy `lowest IS NULL OR highest IS NULL OR lowest <= highest`
-- ! blocks writes or reads: copies all rows of `lab_tests`; nobody else can write to it meanwhile
ALTER TABLE `lab_tests` ADD CONSTRAINT `lab_tests_highest_check` CHECK (lowest IS NULL OR highest IS NULL OR lowest <= highest), ALGORITHM=COPY, LOCK=SHARED;

-- + check opening_hours opening_hours_order_check (opens_at < closes_at)
-- ! may fail on existing data: rows of `opening_hours` may not satisfy `opens_at < closes_at`
-- ! blocks writes or reads: copies all rows of `opening_hours`; nobody else can write to it meanwhile
ALTER TABLE `opening_hours` ADD CONSTRAINT `opening_hours_order_check` CHECK (opens_at < closes_at), ALGORITHM=COPY, LOCK=SHARED;
