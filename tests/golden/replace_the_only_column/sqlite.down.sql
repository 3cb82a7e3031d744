-- replace_the_only_column: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `notes.text` with its values

-- add column notes.text
ALTER TABLE "notes" ADD COLUMN "text" text;

-- drop column notes.body
-- ! loses data: drops column `notes.body` with its values
-- ! breaks code that runs against the old schema: code that uses `notes.body` fails
-- ! rewrites the table: writes all rows of `notes` anew
ALTER TABLE "notes" DROP COLUMN "body";
