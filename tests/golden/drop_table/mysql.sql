-- drop_table: up, mysql

-- drop table logs
-- ! loses data: drops table `logs` with all its rows
-- ! breaks code that runs against the old schema: code that uses `logs` fails
DROP TABLE `logs`;
