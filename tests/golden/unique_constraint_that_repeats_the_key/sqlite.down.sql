-- unique_constraint_that_repeats_the_key: down, sqlite

-- drop column tags.color
-- ! loses data: drops column `tags.color` with its values
-- ! breaks code that runs against the old schema: code that uses `tags.color` fails
-- ! rewrites the table: writes all rows of `tags` anew
ALTER TABLE "tags" DROP COLUMN "color";
