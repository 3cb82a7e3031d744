-- add_stored_computed_column: up, postgres

-- alter table items
--   + column items.gross: integer null as (price * 119 / 100)
-- ! rewrites the table: writes all rows of `items` anew; nobody else can use it meanwhile
ALTER TABLE "items" ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 119 / 100) STORED;
