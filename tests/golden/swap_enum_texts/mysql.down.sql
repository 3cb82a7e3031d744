-- swap_enum_texts: down, mysql

-- in switches.state, turn '1' to '0', '0' to '1'
-- ! breaks code that runs against the old schema: `switches.state` holds '0' in place of '1'
-- ! breaks code that runs against the old schema: `switches.state` holds '1' in place of '0'
-- ! blocks writes or reads: writes to rows of `switches` wait while those get their values
UPDATE `switches` SET `state` = CASE `state` WHEN '1' THEN '0' WHEN '0' THEN '1' ELSE `state` END WHERE `state` IN ('1', '0');

-- ~ column switches.state: enum('1','0') → enum('0','1')
-- ! blocks writes or reads: copies all rows of `switches`; nobody else can write to it meanwhile
ALTER TABLE `switches` MODIFY COLUMN `state` enum('0','1') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
