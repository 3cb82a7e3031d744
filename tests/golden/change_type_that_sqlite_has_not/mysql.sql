-- change_type_that_sqlite_has_not: up, mysql

-- change table users: 2 changes
--   ~ column users.name: varchar(20) → varchar(80)
--   ~ column users.flag: tinyint(1) → int
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  MODIFY COLUMN `name` varchar(80) NOT NULL,
  MODIFY COLUMN `flag` int NOT NULL DEFAULT 0,
  ALGORITHM=COPY, LOCK=SHARED;
