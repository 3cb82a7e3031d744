-- 20240506_130751: up, mysql

-- ~ column invoices.total: double → decimal(10,2), default 0 → 0.00
-- ! may fail on existing data: `invoices.total` may hold numbers that are too large or too small
-- ! changes data: `invoices.total` loses digits behind the point
-- ! blocks writes or reads: copies all rows of `invoices`; nobody else can write to it meanwhile
ALTER TABLE `invoices` MODIFY COLUMN `total` decimal(10,2) NOT NULL DEFAULT 0.00, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column invoice_lines.amount: double → decimal(10,2)
-- ! may fail on existing data: `invoice_lines.amount` may hold numbers that are too large or too small
-- ! changes data: `invoice_lines.amount` loses digits behind the point
-- ! blocks writes or reads: copies all rows of `invoice_lines`; nobody else can write to it meanwhile
ALTER TABLE `invoice_lines` MODIFY COLUMN `amount` decimal(10,2) NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column practitioners.licence: int → varchar(255), comment The number that the medical association gave. → What the medical association wrote on the licence; some have letters.
-- ! breaks code that runs against the old schema: code that takes `practitioners.licence` for `int` fails
-- ! may fail on existing data: values of `practitioners.licence` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `practitioners`; nobody else can write to it meanwhile
ALTER TABLE `practitioners` MODIFY COLUMN `licence` varchar(255) NOT NULL COMMENT 'What the medical association wrote on the licence; some have letters.', ALGORITHM=COPY, LOCK=SHARED;

-- ~ column rooms.floor: varchar(255) → int, default '0' → 0, comment As it is written on the door: "2", "-1". → 0 is the ground floor.
-- ! may fail on existing data: `rooms.floor` may hold values that are no `int`
-- ! changes data: `rooms.floor` becomes `int`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `rooms.floor` for `varchar(255)` fails
-- ! blocks writes or reads: copies all rows of `rooms`; nobody else can write to it meanwhile
ALTER TABLE `rooms` MODIFY COLUMN `floor` int NOT NULL DEFAULT 0 COMMENT '0 is the ground floor.', ALGORITHM=COPY, LOCK=SHARED;
