-- drop_computed_column_with_its_source: down, mysql
-- what the migration took from rows does not come back:
--   drops column `items.price` with its values

-- + column items.price: int null
ALTER TABLE `items` ADD COLUMN `price` int NULL, ALGORITHM=INSTANT;

-- + column items.gross: int null as (price * 2)
ALTER TABLE `items` ADD COLUMN `gross` int GENERATED ALWAYS AS (price * 2) VIRTUAL, ALGORITHM=INSTANT;
