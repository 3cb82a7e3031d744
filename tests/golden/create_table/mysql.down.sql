-- create_table: down, mysql

-- drop table users
-- ! loses data: drops table `users` with all its rows
-- ! breaks code that runs against the old schema: code that uses `users` fails
DROP TABLE `users`;
