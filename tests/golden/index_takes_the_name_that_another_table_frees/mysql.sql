-- index_takes_the_name_that_another_table_frees: up, mysql

-- drop table logs
-- ! loses data: drops table `logs` with all its rows
-- ! breaks code that runs against the old schema: code that uses `logs` fails
DROP TABLE `logs`;

-- change table notes: 3 changes
--   - index by_mark on notes
--   ~ column notes.mark: not null → null
--   + index by_text on notes (text)
-- ! rewrites the table: writes all rows of `notes` anew, while others read and write
ALTER TABLE `notes`
  DROP INDEX `by_mark`,
  MODIFY COLUMN `mark` varchar(255) NULL,
  ADD INDEX `by_text` (`text`),
  ALGORITHM=INPLACE, LOCK=NONE;

-- + index by_mark on pages (mark)
ALTER TABLE `pages` ADD INDEX `by_mark` (`mark`), ALGORITHM=INPLACE, LOCK=NONE;
