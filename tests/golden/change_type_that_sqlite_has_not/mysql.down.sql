-- change_type_that_sqlite_has_not: down, mysql

-- change table users: 2 changes
--   ~ column users.name: varchar(80) → varchar(20)
--   ~ column users.flag: int → tinyint(1)
-- ! may fail on existing data: `users.name` may hold values that are too long
-- ! may fail on existing data: `users.flag` may hold numbers that are too large or too small
-- ! blocks writes or reads: copies all rows of `users`; nobody else can write to it meanwhile
ALTER TABLE `users`
  MODIFY COLUMN `name` varchar(20) NOT NULL,
  MODIFY COLUMN `flag` tinyint(1) NOT NULL DEFAULT 0,
  ALGORITHM=COPY, LOCK=SHARED;
