-- drop_computed_column_with_its_source: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `items.price` with its values

-- add column items.price
ALTER TABLE "items" ADD COLUMN "price" integer;

-- add column items.gross
ALTER TABLE "items" ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 2) VIRTUAL;
