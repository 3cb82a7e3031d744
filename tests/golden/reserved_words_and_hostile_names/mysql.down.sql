-- reserved_words_and_hostile_names: down, mysql

-- rename in group: it's "there"; /* to it's "here"; --
-- ! breaks code that runs against the old schema: code that uses the name `group.it's "there"; /*` fails
ALTER TABLE `group` RENAME COLUMN `it's "there"; /*` TO `it's "here"; --`, ALGORITHM=INSTANT;

-- give rows without group.order a value
-- ! changes data: NULLs in `group.order` become ''
-- ! blocks writes or reads: writes to rows of `group` wait while those get their values
UPDATE `group` SET `order` = '' WHERE `order` IS NULL;

-- ~ column group.order: null → not null
-- ! rewrites the table: writes all rows of `group` anew, while others read and write
ALTER TABLE `group` MODIFY COLUMN `order` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
