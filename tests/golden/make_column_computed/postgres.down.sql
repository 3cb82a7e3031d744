-- make_column_computed: down, postgres
-- what the migration took from rows does not come back:
--   `items.gross` becomes computed: the values it has are replaced

-- alter table items
--   ~ column items.gross: generated (price * 2) stored → no
ALTER TABLE "items" ALTER COLUMN "gross" DROP EXPRESSION;
