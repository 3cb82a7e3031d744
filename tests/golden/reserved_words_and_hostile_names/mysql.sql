-- reserved_words_and_hostile_names: up, mysql

-- rename in group: it's "here"; -- to it's "there"; /*
-- ! breaks code that runs against the old schema: code that uses the name `group.it's "here"; --` fails
ALTER TABLE `group` RENAME COLUMN `it's "here"; --` TO `it's "there"; /*`, ALGORITHM=INSTANT;

-- ~ column group.order: not null → null
-- ! rewrites the table: writes all rows of `group` anew, while others read and write
ALTER TABLE `group` MODIFY COLUMN `order` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
