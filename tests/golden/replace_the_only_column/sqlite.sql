-- replace_the_only_column: up, sqlite

-- add column notes.body
ALTER TABLE "notes" ADD COLUMN "body" text;

-- drop column notes.text
-- ! loses data: drops column `notes.text` with its values
-- ! breaks code that runs against the old schema: code that uses `notes.text` fails
-- ! rewrites the table: writes all rows of `notes` anew
ALTER TABLE "notes" DROP COLUMN "text";
