-- replace_the_only_column: up, mysql

-- change table notes: 2 changes
--   - column notes.text
--   + column notes.body: varchar(255) null
-- ! loses data: drops column `notes.text` with its values
-- ! breaks code that runs against the old schema: code that uses `notes.text` fails
ALTER TABLE `notes`
  DROP COLUMN `text`,
  ADD COLUMN `body` varchar(255) NULL,
  ALGORITHM=INSTANT;
