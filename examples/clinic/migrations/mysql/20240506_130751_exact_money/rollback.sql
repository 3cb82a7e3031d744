-- 20240506_130751: down, mysql
-- what the migration took from rows does not come back:
--   `invoices.total` loses digits behind the point
--   `invoice_lines.amount` loses digits behind the point
--   `rooms.floor` becomes `int`, as far as its values can be read as that

-- ~ column invoices.total: decimal(10,2) → double, default 0.00 → 0
-- ! blocks writes or reads: copies all rows of `invoices`; nobody else can write to it meanwhile
ALTER TABLE `invoices` MODIFY COLUMN `total` double NOT NULL DEFAULT 0, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column invoice_lines.amount: decimal(10,2) → double
-- ! blocks writes or reads: copies all rows of `invoice_lines`; nobody else can write to it meanwhile
ALTER TABLE `invoice_lines` MODIFY COLUMN `amount` double NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- ~ column practitioners.licence: varchar(255) → int, comment What the medical association wrote on the licence; some have letters. → The number that the medical association gave.
-- ! may fail on existing data: `practitioners.licence` may hold values that are no `int`
-- ! changes data: `practitioners.licence` becomes `int`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `practitioners.licence` for `varchar(255)` fails
-- ! may fail on existing data: values of `practitioners.licence` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `practitioners`; nobody else can write to it meanwhile
ALTER TABLE `practitioners` MODIFY COLUMN `licence` int NOT NULL COMMENT 'The number that the medical association gave.', ALGORITHM=COPY, LOCK=SHARED;

-- ~ column rooms.floor: int → varchar(255), default 0 → '0', comment 0 is the ground floor. → As it is written on the door: "2", "-1".
-- ! breaks code that runs against the old schema: code that takes `rooms.floor` for `int` fails
-- ! blocks writes or reads: copies all rows of `rooms`; nobody else can write to it meanwhile
ALTER TABLE `rooms` MODIFY COLUMN `floor` varchar(255) NOT NULL DEFAULT '0' COMMENT 'As it is written on the door: "2", "-1".', ALGORITHM=COPY, LOCK=SHARED;
