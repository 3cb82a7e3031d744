-- 20240408_113018: up, mysql

-- ~ column appointments.status: enum('BOOKED','TENTATIVE','CANCELED','DONE') → enum('BOOKED','TENTATIVE','CANCELED','DONE','ARRIVED','CANCELLED','NO_SHOW')
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','TENTATIVE','CANCELED','DONE','ARRIVED','CANCELLED','NO_SHOW') NOT NULL DEFAULT 'BOOKED', ALGORITHM=INSTANT;

-- in appointments.status, turn 'CANCELED' to 'CANCELLED'
-- ! breaks code that runs against the old schema: `appointments.status` holds 'CANCELLED' in place of 'CANCELED'
-- ! blocks writes or reads: writes to rows of `appointments` wait while those get their values
UPDATE `appointments` SET `status` = 'CANCELLED' WHERE `status` = 'CANCELED';

-- ~ column appointments.status: enum('BOOKED','TENTATIVE','CANCELED','DONE','ARRIVED','CANCELLED','NO_SHOW') → enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW')
-- ! may fail on existing data: `appointments.status` may hold 'TENTATIVE', which it can't any more
-- ! breaks code that runs against the old schema: code that writes 'TENTATIVE' into `appointments.status` fails
-- ! blocks writes or reads: copies all rows of `appointments`; nobody else can write to it meanwhile
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW') NOT NULL DEFAULT 'BOOKED', ALGORITHM=COPY, LOCK=SHARED;
