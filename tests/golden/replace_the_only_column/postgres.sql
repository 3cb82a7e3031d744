-- replace_the_only_column: up, postgres

-- alter table notes
--   - column notes.text
--   + column notes.body: text null
-- ! loses data: drops column `notes.text` with its values
-- ! breaks code that runs against the old schema: code that uses `notes.text` fails
ALTER TABLE "notes"
  DROP COLUMN "text",
  ADD COLUMN "body" text;
