-- replace_table_by_one_of_the_same_name_with_another_key: up, mysql

-- ~ column sessions.id: varchar(36) → int, default (uuid()) → none, autoincrement no → yes
-- ! may fail on existing data: `sessions.id` may hold values that are no `int`
-- ! changes data: `sessions.id` becomes `int`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `sessions.id` for `varchar(36)` fails
-- ! changes data: a row with 0 or NULL in `sessions.id` gets the next number
-- ! may fail on existing data: `sessions.id` may have such a row when the next number is taken
-- ! may fail on existing data: values of `sessions.id` that were different may be equal now
-- ! blocks writes or reads: copies all rows of `sessions`; nobody else can write to it meanwhile
ALTER TABLE `sessions` MODIFY COLUMN `id` int NOT NULL AUTO_INCREMENT, ALGORITHM=COPY, LOCK=SHARED;
