-- 20240108_091244: down, mysql

-- drop table paper_files
-- ! loses data: drops table `paper_files` with all its rows
-- ! breaks code that runs against the old schema: code that uses `paper_files` fails
DROP TABLE `paper_files`;

-- drop table opening_hours
-- ! loses data: drops table `opening_hours` with all its rows
-- ! breaks code that runs against the old schema: code that uses `opening_hours` fails
DROP TABLE `opening_hours`;

-- drop table invoice_lines
-- ! loses data: drops table `invoice_lines` with all its rows
-- ! breaks code that runs against the old schema: code that uses `invoice_lines` fails
DROP TABLE `invoice_lines`;

-- drop table invoices
-- ! loses data: drops table `invoices` with all its rows
-- ! breaks code that runs against the old schema: code that uses `invoices` fails
DROP TABLE `invoices`;

-- drop table appointments
-- ! loses data: drops table `appointments` with all its rows
-- ! breaks code that runs against the old schema: code that uses `appointments` fails
DROP TABLE `appointments`;

-- drop table rooms
-- ! loses data: drops table `rooms` with all its rows
-- ! breaks code that runs against the old schema: code that uses `rooms` fails
DROP TABLE `rooms`;

-- drop table doctors
-- ! loses data: drops table `doctors` with all its rows
-- ! breaks code that runs against the old schema: code that uses `doctors` fails
DROP TABLE `doctors`;

-- drop table patients
-- ! loses data: drops table `patients` with all its rows
-- ! breaks code that runs against the old schema: code that uses `patients` fails
DROP TABLE `patients`;

-- drop table clinics
-- ! loses data: drops table `clinics` with all its rows
-- ! breaks code that runs against the old schema: code that uses `clinics` fails
DROP TABLE `clinics`;
