-- make_column_computed: up, mysql

-- ~ column items.gross: generated no → (price * 2) stored
-- ! may fail on existing data: `items.gross` may come out as a value that is no `int`
-- ! loses data: `items.gross` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.gross` fails
-- ! blocks writes or reads: copies all rows of `items`; nobody else can write to it meanwhile
ALTER TABLE `items` MODIFY COLUMN `gross` int GENERATED ALWAYS AS (price * 2) STORED, ALGORITHM=COPY, LOCK=SHARED;
