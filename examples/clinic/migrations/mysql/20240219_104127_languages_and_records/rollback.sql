-- 20240219_104127: down, mysql

-- drop table observations
-- ! loses data: drops table `observations` with all its rows
-- ! breaks code that runs against the old schema: code that uses `observations` fails
DROP TABLE `observations`;

-- drop table diagnoses
-- ! loses data: drops table `diagnoses` with all its rows
-- ! breaks code that runs against the old schema: code that uses `diagnoses` fails
DROP TABLE `diagnoses`;

-- drop table encounters
-- ! loses data: drops table `encounters` with all its rows
-- ! breaks code that runs against the old schema: code that uses `encounters` fails
DROP TABLE `encounters`;

-- - column clinics.timezone
-- ! loses data: drops column `clinics.timezone` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.timezone` fails
ALTER TABLE `clinics` DROP COLUMN `timezone`, ALGORITHM=INSTANT;

-- - column patients.language
-- ! loses data: drops column `patients.language` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.language` fails
ALTER TABLE `patients` DROP COLUMN `language`, ALGORITHM=INSTANT;
