-- add_computed_column_to_strict_table: down, mysql

-- - column items.next
-- ! breaks code that runs against the old schema: code that uses `items.next` fails
ALTER TABLE `items` DROP COLUMN `next`, ALGORITHM=INSTANT;
