-- create_tables_in_a_circle: down, postgres

-- drop the foreign key of countries to cities
ALTER TABLE "countries" DROP CONSTRAINT "countries_capital_id_fkey";

-- drop table cities
-- ! loses data: drops table `cities` with all its rows
-- ! breaks code that runs against the old schema: code that uses `cities` fails
DROP TABLE "cities";

-- drop table countries
-- ! loses data: drops table `countries` with all its rows
-- ! breaks code that runs against the old schema: code that uses `countries` fails
DROP TABLE "countries";
