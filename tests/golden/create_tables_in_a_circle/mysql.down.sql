-- create_tables_in_a_circle: down, mysql

-- drop foreign key countries_capital_id_fkey of countries
ALTER TABLE `countries` DROP FOREIGN KEY `countries_capital_id_fkey`, ALGORITHM=INSTANT;

-- drop table cities
-- ! loses data: drops table `cities` with all its rows
-- ! breaks code that runs against the old schema: code that uses `cities` fails
DROP TABLE `cities`;

-- drop table countries
-- ! loses data: drops table `countries` with all its rows
-- ! breaks code that runs against the old schema: code that uses `countries` fails
DROP TABLE `countries`;
