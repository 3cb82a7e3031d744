-- computed_columns_change_sides: down, mysql
-- what the migration took from rows does not come back:
--   `items.tax` becomes computed: the values it has are replaced

-- change table items: 5 changes
--   - index items_gross_idx on items
--   ~ column items.gross: generated (price * 2) stored → (price * 2) virtual
--   ~ column items.net: generated no → (price - 1) stored
--   ~ column items.tax: generated (gross DIV 3) virtual → no
--   + index items_gross_idx on items (gross)
-- ! may fail on existing data: `items.net` may come out as a value that is no `int`
-- ! loses data: `items.net` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.net` fails
-- ! blocks writes or reads: copies all rows of `items`; nobody else can write to it meanwhile
ALTER TABLE `items`
  DROP INDEX `items_gross_idx`,
  DROP COLUMN `gross`,
  ADD COLUMN `gross` int GENERATED ALWAYS AS (price * 2) VIRTUAL,
  MODIFY COLUMN `net` int GENERATED ALWAYS AS (price - 1) STORED,
  DROP COLUMN `tax`,
  ADD COLUMN `tax` int NULL,
  ADD INDEX `items_gross_idx` (`gross`),
  ALGORITHM=COPY, LOCK=SHARED;
