-- add_computed_column_to_strict_table: up, postgres

-- alter table items
--   + column items.next: integer null as (price + 1)
-- ! rewrites the table: writes all rows of `items` anew; nobody else can use it meanwhile
ALTER TABLE "items" ADD COLUMN "next" integer GENERATED ALWAYS AS (price + 1) STORED;
