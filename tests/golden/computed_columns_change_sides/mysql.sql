-- computed_columns_change_sides: up, mysql

-- change table items: 5 changes
--   - index items_gross_idx on items
--   ~ column items.gross: generated (price * 2) virtual → (price * 2) stored
--   ~ column items.net: generated (price - 1) stored → no
--   ~ column items.tax: generated no → (gross DIV 3) virtual
--   + index items_gross_idx on items (gross)
-- ! may fail on existing data: `items.gross` may come out as a value that is no `int`
-- ! loses data: `items.tax` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.tax` fails
-- ! blocks writes or reads: copies all rows of `items`; nobody else can write to it meanwhile
ALTER TABLE `items`
  DROP INDEX `items_gross_idx`,
  DROP COLUMN `gross`,
  ADD COLUMN `gross` int GENERATED ALWAYS AS (price * 2) STORED,
  MODIFY COLUMN `net` int NULL,
  DROP COLUMN `tax`,
  ADD COLUMN `tax` int GENERATED ALWAYS AS (gross DIV 3) VIRTUAL,
  ADD INDEX `items_gross_idx` (`gross`),
  ALGORITHM=COPY, LOCK=SHARED;
