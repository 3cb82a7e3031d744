-- add_computed_column: up, mysql

-- + column items.gross: int null as (price * 119 / 100)
ALTER TABLE `items` ADD COLUMN `gross` int GENERATED ALWAYS AS (price * 119 / 100) VIRTUAL, ALGORITHM=INSTANT;
