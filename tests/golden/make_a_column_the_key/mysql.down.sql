-- make_a_column_the_key: down, mysql

-- change table facts: 2 changes
--   ~ primary key facts: (number) → none
--   ~ column facts.number: not null → null
-- ! blocks writes or reads: copies all rows of `facts`; nobody else can write to it meanwhile
ALTER TABLE `facts`
  DROP PRIMARY KEY,
  MODIFY COLUMN `number` int NULL,
  ALGORITHM=COPY, LOCK=SHARED;
