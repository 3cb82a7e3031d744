-- one_to_one_relation: down, mysql

-- drop table profiles
-- ! loses data: drops table `profiles` with all its rows
-- ! breaks code that runs against the old schema: code that uses `profiles` fails
DROP TABLE `profiles`;
