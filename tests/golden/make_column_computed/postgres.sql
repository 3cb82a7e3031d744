-- make_column_computed: up, postgres

-- alter table items
--   ~ column items.gross: generated no → (price * 2) stored
-- ! loses data: `items.gross` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.gross` fails
-- ! rewrites the table: writes all rows of `items` anew; nobody else can use it meanwhile
ALTER TABLE "items"
  DROP COLUMN "gross",
  ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 2) STORED;
