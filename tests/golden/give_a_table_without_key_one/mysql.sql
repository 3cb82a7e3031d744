-- give_a_table_without_key_one: up, mysql

-- change table facts: 2 changes
--   ~ primary key facts: none → (id)
--   + column facts.id: int not null autoincrement
-- ! blocks writes or reads: reads all rows of `facts`; nobody else can write to it meanwhile
ALTER TABLE `facts`
  ADD PRIMARY KEY (`id`),
  ADD COLUMN `id` int NOT NULL AUTO_INCREMENT,
  ALGORITHM=INPLACE, LOCK=SHARED;
