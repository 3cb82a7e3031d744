-- swap_enum_texts: up, mysql

-- in switches.state, turn '0' to '1', '1' to '0'
-- ! breaks code that runs against the old schema: `switches.state` holds '1' in place of '0'
-- ! breaks code that runs against the old schema: `switches.state` holds '0' in place of '1'
-- ! blocks writes or reads: writes to rows of `switches` wait while those get their values
UPDATE `switches` SET `state` = CASE `state` WHEN '0' THEN '1' WHEN '1' THEN '0' ELSE `state` END WHERE `state` IN ('0', '1');

-- ~ column switches.state: enum('0','1') → enum('1','0')
-- ! blocks writes or reads: copies all rows of `switches`; nobody else can write to it meanwhile
ALTER TABLE `switches` MODIFY COLUMN `state` enum('1','0') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
