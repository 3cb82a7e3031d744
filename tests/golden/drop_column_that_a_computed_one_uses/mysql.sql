-- drop_column_that_a_computed_one_uses: up, mysql

-- change table items: 2 changes
--   - column items.price
--   ~ column items.gross: generated (price * 2) virtual → no
-- ! loses data: drops column `items.price` with its values
-- ! breaks code that runs against the old schema: code that uses `items.price` fails
ALTER TABLE `items`
  DROP COLUMN `price`,
  DROP COLUMN `gross`,
  ALGORITHM=INSTANT;

-- ~ column items.gross: generated (price * 2) virtual → no
ALTER TABLE `items` ADD COLUMN `gross` int NULL, ALGORITHM=INSTANT;
