-- drop_column_that_a_computed_one_uses: down, postgres
-- what the migration took from rows does not come back:
--   drops column `items.price` with its values

-- alter table items
--   + column items.price: integer not null, rows get 0
--   ~ column items.gross: generated no → (price * 2) virtual
-- ! breaks code that runs against the old schema: code that inserts into `items` without `price` fails
-- ! loses data: `items.gross` becomes computed: the values it has are replaced
-- ! breaks code that runs against the old schema: code that writes `items.gross` fails
ALTER TABLE "items"
  DROP COLUMN "gross",
  ADD COLUMN "price" integer DEFAULT 0 NOT NULL,
  ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 2) VIRTUAL;

-- new rows of items get no such price by themselves
ALTER TABLE "items" ALTER COLUMN "price" DROP DEFAULT;
