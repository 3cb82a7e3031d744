-- drop_computed_column_with_its_source: up, mysql

-- change table items: 2 changes
--   - column items.price
--   - column items.gross
-- ! loses data: drops column `items.price` with its values
-- ! breaks code that runs against the old schema: code that uses `items.price` fails
-- ! breaks code that runs against the old schema: code that uses `items.gross` fails
ALTER TABLE `items`
  DROP COLUMN `price`,
  DROP COLUMN `gross`,
  ALGORITHM=INSTANT;
