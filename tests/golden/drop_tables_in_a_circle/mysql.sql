-- drop_tables_in_a_circle: up, mysql

-- drop foreign key bs_a_id_fkey of bs
ALTER TABLE `bs` DROP FOREIGN KEY `bs_a_id_fkey`, ALGORITHM=INSTANT;

-- drop table as
-- ! loses data: drops table `as` with all its rows
-- ! breaks code that runs against the old schema: code that uses `as` fails
DROP TABLE `as`;

-- drop table bs
-- ! loses data: drops table `bs` with all its rows
-- ! breaks code that runs against the old schema: code that uses `bs` fails
DROP TABLE `bs`;
