-- enum_becomes_a_table: down, mysql

-- ~ column posts.status: varchar(255) → enum('DRAFT','DONE')
-- ! may fail on existing data: `posts.status` may hold values that are no `enum('DRAFT','DONE')`
-- ! blocks writes or reads: copies all rows of `posts`; nobody else can write to it meanwhile
ALTER TABLE `posts` MODIFY COLUMN `status` enum('DRAFT','DONE') NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- drop table statuses
-- ! loses data: drops table `statuses` with all its rows
-- ! breaks code that runs against the old schema: code that uses `statuses` fails
DROP TABLE `statuses`;
