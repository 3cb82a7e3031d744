-- add_computed_column: up, postgres

-- alter table items
--   + column items.gross: integer not null as (price * 119 / 100)
-- ! may fail on existing data: `items.gross` is required: fails if it comes out as NULL for a row
-- ! blocks writes or reads: nobody else can use `items` while its rows are looked at
ALTER TABLE "items" ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 119 / 100) VIRTUAL NOT NULL;
