-- 20240408_113018: down, mysql

-- ~ column appointments.status: enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW') → enum('BOOKED','TENTATIVE','CANCELED','DONE')
-- ! may fail on existing data: `appointments.status` may hold 'ARRIVED', 'CANCELLED', 'NO_SHOW', which it can't any more
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW','TENTATIVE','CANCELED') NOT NULL DEFAULT 'BOOKED', ALGORITHM=INSTANT;

-- in appointments.status, turn 'CANCELLED' to 'CANCELED'
-- ! breaks code that runs against the old schema: `appointments.status` holds 'CANCELED' in place of 'CANCELLED'
UPDATE `appointments` SET `status` = CASE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'CANCELLED' THEN 'CANCELED' ELSE `status` END WHERE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('CANCELLED');

-- ~ column appointments.status: enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW','TENTATIVE','CANCELED') → enum('BOOKED','TENTATIVE','CANCELED','DONE')
-- ! may fail on existing data: `appointments.status` may hold 'ARRIVED', 'CANCELLED', 'NO_SHOW', which it can't any more
-- ! blocks writes or reads: copies all rows of `appointments`; nobody else can write to it meanwhile
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','TENTATIVE','CANCELED','DONE') NOT NULL DEFAULT 'BOOKED', ALGORITHM=COPY, LOCK=SHARED;
