-- 20240408_113018: down, mysql

-- ~ column appointments.status: enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW') → enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW','TENTATIVE','CANCELED')
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW','TENTATIVE','CANCELED') NOT NULL DEFAULT 'BOOKED', ALGORITHM=INSTANT;

-- in appointments.status, turn 'CANCELLED' to 'CANCELED'
-- ! breaks code that runs against the old schema: `appointments.status` holds 'CANCELED' in place of 'CANCELLED'
-- ! blocks writes or reads: writes to rows of `appointments` wait while those get their values
UPDATE `appointments` SET `status` = 'CANCELED' WHERE `status` = 'CANCELLED';

-- ~ column appointments.status: enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW','TENTATIVE','CANCELED') → enum('BOOKED','TENTATIVE','CANCELED','DONE')
-- ! may fail on existing data: `appointments.status` may hold 'ARRIVED', 'NO_SHOW', which it can't any more
-- ! breaks code that runs against the old schema: code that writes 'ARRIVED' into `appointments.status` fails
-- ! breaks code that runs against the old schema: code that writes 'NO_SHOW' into `appointments.status` fails
-- ! blocks writes or reads: copies all rows of `appointments`; nobody else can write to it meanwhile
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','TENTATIVE','CANCELED','DONE') NOT NULL DEFAULT 'BOOKED', ALGORITHM=COPY, LOCK=SHARED;
