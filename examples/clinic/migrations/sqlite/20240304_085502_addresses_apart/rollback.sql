-- 20240304_085502: down, sqlite

-- drop table patient_addresses
-- ! loses data: drops table `patient_addresses` with all its rows
-- ! breaks code that runs against the old schema: code that uses `patient_addresses` fails
DROP TABLE "patient_addresses";
