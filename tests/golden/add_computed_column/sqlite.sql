-- add_computed_column: up, sqlite

-- add column items.gross
-- ! may fail on existing data: `items.gross` is required: fails if it comes out as NULL for a row
ALTER TABLE "items" ADD COLUMN "gross" integer NOT NULL GENERATED ALWAYS AS (price * 119 / 100) VIRTUAL;
