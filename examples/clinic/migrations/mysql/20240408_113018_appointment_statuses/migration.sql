-- 20240408_113018: up, mysql

-- ~ column appointments.status: enum('BOOKED','TENTATIVE','CANCELED','DONE') → enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW')
-- ! may fail on existing data: `appointments.status` may hold 'TENTATIVE', 'CANCELED', which it can't any more
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','TENTATIVE','CANCELED','DONE','ARRIVED','CANCELLED','NO_SHOW') NOT NULL DEFAULT 'BOOKED', ALGORITHM=INSTANT;

-- in appointments.status, turn 'CANCELED' to 'CANCELLED'
-- ! breaks code that runs against the old schema: `appointments.status` holds 'CANCELLED' in place of 'CANCELED'
UPDATE `appointments` SET `status` = CASE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin WHEN 'CANCELED' THEN 'CANCELLED' ELSE `status` END WHERE CAST(`status` AS CHAR CHARACTER SET utf8mb4) COLLATE utf8mb4_bin IN ('CANCELED');

-- ~ column appointments.status: enum('BOOKED','TENTATIVE','CANCELED','DONE','ARRIVED','CANCELLED','NO_SHOW') → enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW')
-- ! may fail on existing data: `appointments.status` may hold 'TENTATIVE', 'CANCELED', which it can't any more
-- ! blocks writes or reads: copies all rows of `appointments`; nobody else can write to it meanwhile
ALTER TABLE `appointments` MODIFY COLUMN `status` enum('BOOKED','ARRIVED','DONE','CANCELLED','NO_SHOW') NOT NULL DEFAULT 'BOOKED', ALGORITHM=COPY, LOCK=SHARED;
