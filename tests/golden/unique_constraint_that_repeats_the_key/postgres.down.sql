-- unique_constraint_that_repeats_the_key: down, postgres

-- alter table tags
--   - column tags.color
-- ! loses data: drops column `tags.color` with its values
-- ! breaks code that runs against the old schema: code that uses `tags.color` fails
ALTER TABLE "tags" DROP COLUMN "color";

-- drop constraints of tags
-- okra: new transaction
ALTER TABLE "tags" DROP CONSTRAINT "tags_name_key";
