-- drop_tables_in_a_circle: up, postgres

-- drop the foreign key of bs to as
ALTER TABLE "bs" DROP CONSTRAINT "bs_a_id_fkey";

-- drop table as
-- ! loses data: drops table `as` with all its rows
-- ! breaks code that runs against the old schema: code that uses `as` fails
DROP TABLE "as";

-- drop table bs
-- ! loses data: drops table `bs` with all its rows
-- ! breaks code that runs against the old schema: code that uses `bs` fails
DROP TABLE "bs";
