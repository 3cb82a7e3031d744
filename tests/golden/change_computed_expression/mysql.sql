-- change_computed_expression: up, mysql

-- ~ column items.gross: generated (price * 2) virtual → (price * 3) virtual
ALTER TABLE `items` MODIFY COLUMN `gross` int GENERATED ALWAYS AS (price * 3) VIRTUAL, ALGORITHM=INSTANT;
