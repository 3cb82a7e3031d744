-- drop_computed_column_with_its_source: down, postgres
-- what the migration took from rows does not come back:
--   drops column `items.price` with its values

-- alter table items
--   + column items.price: integer null
--   + column items.gross: integer null as (price * 2)
ALTER TABLE "items"
  ADD COLUMN "price" integer,
  ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 2) VIRTUAL;
