-- index_takes_the_name_that_another_table_frees: down, mysql
-- what the migration took from rows does not come back:
--   drops table `logs` with all its rows

-- create table logs
CREATE TABLE `logs` (
  `id` int NOT NULL,
  `text` varchar(255) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `by_text` (`text`)
) ENGINE=InnoDB DEFAULT CHARACTER SET=utf8mb4 COLLATE=utf8mb4_unicode_ci;

-- give rows without notes.mark a value
-- ! changes data: NULLs in `notes.mark` become ''
-- ! blocks writes or reads: writes to rows of `notes` wait while those get their values
UPDATE `notes` SET `mark` = '' WHERE `mark` IS NULL;

-- change table notes: 3 changes
--   - index by_text on notes
--   ~ column notes.mark: null → not null
--   + index by_mark on notes (mark)
-- ! rewrites the table: writes all rows of `notes` anew, while others read and write
ALTER TABLE `notes`
  DROP INDEX `by_text`,
  MODIFY COLUMN `mark` varchar(255) NOT NULL,
  ADD INDEX `by_mark` (`mark`),
  ALGORITHM=INPLACE, LOCK=NONE;

-- - index by_mark on pages
ALTER TABLE `pages` DROP INDEX `by_mark`, ALGORITHM=INPLACE, LOCK=NONE;
