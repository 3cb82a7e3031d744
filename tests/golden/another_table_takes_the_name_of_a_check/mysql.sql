-- another_table_takes_the_name_of_a_check: up, mysql

-- rename table ones to _okra_aside_ones
-- ! breaks code that runs against the old schema: code that uses the name `ones` fails
RENAME TABLE `ones` TO `_okra_aside_ones`;

-- rename table twos to ones
-- ! breaks code that runs against the old schema: code that uses the name `twos` fails
RENAME TABLE `twos` TO `ones`;

-- rename table _okra_aside_ones to twos
RENAME TABLE `_okra_aside_ones` TO `twos`;

-- make the name free that another table takes: check twos_age_check of ones
ALTER TABLE `ones` DROP CONSTRAINT `twos_age_check`, ALGORITHM=INSTANT;

-- make the name free that another table takes: check ones_age_check of twos
ALTER TABLE `twos` DROP CONSTRAINT `ones_age_check`, ALGORITHM=INSTANT;

-- rename in twos: age to years
-- ! breaks code that runs against the old schema: code that uses the name `twos.age` fails
ALTER TABLE `twos` RENAME COLUMN `age` TO `years`, ALGORITHM=INSTANT;

-- + check ones ones_age_check (age >= 18)
-- ! may fail on existing data: rows of `ones` may not satisfy `age >= 18`
-- ! blocks writes or reads: copies all rows of `ones`; nobody else can write to it meanwhile
ALTER TABLE `ones` ADD CONSTRAINT `ones_age_check` CHECK (age >= 18), ALGORITHM=COPY, LOCK=SHARED;

-- + check twos twos_age_check (years >= 0)
-- ! may fail on existing data: rows of `twos` may not satisfy `years >= 0`
-- ! blocks writes or reads: copies all rows of `twos`; nobody else can write to it meanwhile
ALTER TABLE `twos` ADD CONSTRAINT `twos_age_check` CHECK (years >= 0), ALGORITHM=COPY, LOCK=SHARED;
