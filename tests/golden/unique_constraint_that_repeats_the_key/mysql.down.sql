-- unique_constraint_that_repeats_the_key: down, mysql

-- - unique index tags_name_key on tags
ALTER TABLE `tags` DROP INDEX `tags_name_key`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column tags.color
-- ! loses data: drops column `tags.color` with its values
-- ! breaks code that runs against the old schema: code that uses `tags.color` fails
ALTER TABLE `tags` DROP COLUMN `color`, ALGORITHM=INSTANT;
