-- create_tables_that_refer_to_each_other: down, mysql

-- drop table books
-- ! loses data: drops table `books` with all its rows
-- ! breaks code that runs against the old schema: code that uses `books` fails
DROP TABLE `books`;

-- drop table authors
-- ! loses data: drops table `authors` with all its rows
-- ! breaks code that runs against the old schema: code that uses `authors` fails
DROP TABLE `authors`;
