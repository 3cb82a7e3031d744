-- add_stored_computed_column: up, mysql

-- + column items.gross: int null as (price * 119 / 100)
-- ! may fail on existing data: `items.gross` may come out as a value that is no `int`
-- ! blocks writes or reads: copies all rows of `items`; nobody else can write to it meanwhile
ALTER TABLE `items` ADD COLUMN `gross` int GENERATED ALWAYS AS (price * 119 / 100) STORED, ALGORITHM=COPY, LOCK=SHARED;
