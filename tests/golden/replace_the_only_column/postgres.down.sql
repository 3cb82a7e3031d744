-- replace_the_only_column: down, postgres
-- what the migration took from rows does not come back:
--   drops column `notes.text` with its values

-- alter table notes
--   - column notes.body
--   + column notes.text: text null
-- ! loses data: drops column `notes.body` with its values
-- ! breaks code that runs against the old schema: code that uses `notes.body` fails
ALTER TABLE "notes"
  DROP COLUMN "body",
  ADD COLUMN "text" text;
