-- replace_table_by_one_of_the_same_name_with_another_key: down, mysql
-- what the migration took from rows does not come back:
--   `sessions.id` becomes `int`, as far as its values can be read as that
--   a row with 0 or NULL in `sessions.id` gets the next number

-- ~ column sessions.id: int → varchar(36), default none → (uuid()), autoincrement yes → no
-- ! breaks code that runs against the old schema: code that takes `sessions.id` for `int` fails
-- ! may fail on existing data: values of `sessions.id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `sessions`; nobody else can write to it meanwhile
ALTER TABLE `sessions` MODIFY COLUMN `id` varchar(36) NOT NULL DEFAULT (uuid()), ALGORITHM=COPY, LOCK=SHARED;
