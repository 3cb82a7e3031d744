-- give_a_table_without_key_one: down, mysql

-- change table facts: 2 changes
--   - column facts.id
--   ~ primary key facts: (id) → none
-- ! loses data: drops column `facts.id` with its values
-- ! breaks code that runs against the old schema: code that uses `facts.id` fails
-- ! blocks writes or reads: copies all rows of `facts`; nobody else can write to it meanwhile
ALTER TABLE `facts`
  DROP COLUMN `id`,
  DROP PRIMARY KEY,
  ALGORITHM=COPY, LOCK=SHARED;
