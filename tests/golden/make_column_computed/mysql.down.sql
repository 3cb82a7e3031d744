-- make_column_computed: down, mysql
-- what the migration took from rows does not come back:
--   `items.gross` becomes computed: the values it has are replaced

-- ~ column items.gross: generated (price * 2) stored → no
-- ! blocks writes or reads: copies all rows of `items`; nobody else can write to it meanwhile
ALTER TABLE `items` MODIFY COLUMN `gross` int NULL, ALGORITHM=COPY, LOCK=SHARED;
