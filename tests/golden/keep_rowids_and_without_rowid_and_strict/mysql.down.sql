-- keep_rowids_and_without_rowid_and_strict: down, mysql
-- what the migration took from rows does not come back:
--   NULLs in `pairs.note` become 'none'

-- give rows without facts.text a value
-- ! changes data: NULLs in `facts.text` become ''
-- ! blocks writes or reads: writes to rows of `facts` wait while those get their values
UPDATE `facts` SET `text` = '' WHERE `text` IS NULL;

-- ~ column facts.text: null → not null
-- ! rewrites the table: writes all rows of `facts` anew, while others read and write
ALTER TABLE `facts` MODIFY COLUMN `text` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;

-- ~ column pairs.note: not null → null
-- ! rewrites the table: writes all rows of `pairs` anew, while others read and write
ALTER TABLE `pairs` MODIFY COLUMN `note` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;
