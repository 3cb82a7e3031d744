-- swap_enum_types_of_two_columns: down, postgres

-- alter table lamps
--   ~ column lamps.front: blue → red
--   ~ column lamps.back: red → blue
-- ! may fail on existing data: `lamps.front` may hold values that `red` has not
-- ! may fail on existing data: `lamps.back` may hold values that `blue` has not
-- ! rewrites the table: writes all rows of `lamps` anew; nobody else can use it meanwhile
ALTER TABLE "lamps"
  ALTER COLUMN "front" TYPE red USING "front"::text::red,
  ALTER COLUMN "back" TYPE blue USING "back"::text::blue;
