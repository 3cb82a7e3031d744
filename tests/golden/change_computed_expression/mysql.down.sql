-- change_computed_expression: down, mysql

-- ~ column items.gross: generated (price * 3) virtual → (price * 2) virtual
ALTER TABLE `items` MODIFY COLUMN `gross` int GENERATED ALWAYS AS (price * 2) VIRTUAL, ALGORITHM=INSTANT;
