-- unique_constraint_that_repeats_the_key: down, mysql

-- change table tags: 2 changes
--   - unique index tags_name_key on tags
--   - column tags.color
-- ! loses data: drops column `tags.color` with its values
-- ! breaks code that runs against the old schema: code that uses `tags.color` fails
ALTER TABLE `tags`
  DROP INDEX `tags_name_key`,
  DROP COLUMN `color`,
  ALGORITHM=INPLACE, LOCK=NONE;
