-- replace_the_only_column: down, mysql
-- what the migration took from rows does not come back:
--   drops column `notes.text` with its values

-- change table notes: 2 changes
--   - column notes.body
--   + column notes.text: varchar(255) null
-- ! loses data: drops column `notes.body` with its values
-- ! breaks code that runs against the old schema: code that uses `notes.body` fails
ALTER TABLE `notes`
  DROP COLUMN `body`,
  ADD COLUMN `text` varchar(255) NULL,
  ALGORITHM=INSTANT;
