-- make_a_column_the_key: up, mysql

-- change table facts: 2 changes
--   ~ primary key facts: none → (number)
--   ~ column facts.number: null → not null
-- ! may fail on existing data: `facts` may have rows with equal `number`
-- ! may fail on existing data: `facts.number` becomes required: fails if a row has NULL there
-- ! breaks code that runs against the old schema: code that leaves `facts.number` out or empty fails
-- ! rewrites the table: writes all rows of `facts` anew, while others read and write
ALTER TABLE `facts`
  ADD PRIMARY KEY (`number`),
  MODIFY COLUMN `number` int NOT NULL,
  ALGORITHM=INPLACE, LOCK=NONE;
