-- change_computed_expression: down, postgres

-- alter table items
--   ~ column items.gross: generated (price * 3) virtual → (price * 2) virtual
ALTER TABLE "items"
  DROP COLUMN "gross",
  ADD COLUMN "gross" integer GENERATED ALWAYS AS (price * 2) VIRTUAL;
