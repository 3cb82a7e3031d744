-- drop_column_that_a_computed_one_uses: down, mysql
-- what the migration took from rows does not come back:
--   drops column `items.price` with its values

-- + column items.price: int not null, rows get 0
-- ! breaks code that runs against the old schema: code that inserts into `items` without `price` fails
ALTER TABLE `items` ADD COLUMN `price` int NOT NULL DEFAULT 0, ALGORITHM=INSTANT;

-- change table items: 2 changes
--   ~ column items.price: default 0 → none
--   ~ column items.gross: generated no → (price * 2) virtual
-- ! loses data: `items.gross` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.gross` fails
ALTER TABLE `items`
  MODIFY COLUMN `price` int NOT NULL,
  DROP COLUMN `gross`,
  ALGORITHM=INSTANT;

-- ~ column items.gross: generated no → (price * 2) virtual
-- ! loses data: `items.gross` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.gross` fails
ALTER TABLE `items` ADD COLUMN `gross` int GENERATED ALWAYS AS (price * 2) VIRTUAL, ALGORITHM=INSTANT;
