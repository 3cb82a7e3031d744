-- 20240304_085502: down, sqlite

-- drop table patient_addresses
-- ! loses data: drops table `patient_addresses` with all its rows
DROP TABLE "patient_addresses";
