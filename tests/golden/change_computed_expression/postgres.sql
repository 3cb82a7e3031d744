-- change_computed_expression: up, postgres

-- alter table items
--   ~ column items.gross: generated (price * 2) virtual → (price * 3) virtual
ALTER TABLE "items"
  DROP COLUMN "gross",
  ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 3) VIRTUAL;
