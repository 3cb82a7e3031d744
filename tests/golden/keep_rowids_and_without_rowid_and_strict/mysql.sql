-- keep_rowids_and_without_rowid_and_strict: up, mysql

-- ~ column facts.text: not null → null
-- ! rewrites the table: writes all rows of `facts` anew, while others read and write
ALTER TABLE `facts` MODIFY COLUMN `text` varchar(255) NULL, ALGORITHM=INPLACE, LOCK=NONE;

-- give rows without pairs.note a value
-- ! changes data: NULLs in `pairs.note` become 'none'
-- ! blocks writes or reads: writes to rows of `pairs` wait while those get their values
UPDATE `pairs` SET `note` = 'none' WHERE `note` IS NULL;

-- ~ column pairs.note: null → not null
-- ! rewrites the table: writes all rows of `pairs` anew, while others read and write
ALTER TABLE `pairs` MODIFY COLUMN `note` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;
