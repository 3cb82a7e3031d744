-- swap_enum_types_of_two_columns: down, postgres

-- alter table lamps
--   ~ column lamps.front: blue → red
--   ~ column lamps.back: red → blue
-- ! may fail on existing data: `lamps.front` may hold values that `red` has not
-- ! breaks code that runs against the old schema: code that takes `lamps.front` for `blue` fails
-- ! may fail on existing data: `lamps.back` may hold values that `blue` has not
-- ! breaks code that runs against the old schema: code that takes `lamps.back` for `red` fails
-- ! rewrites the table: writes all rows of `lamps` anew; nobody else can use it meanwhile
ALTER TABLE "lamps"
  ALTER COLUMN "front" TYPE red USING "front"::text::red,
  ALTER COLUMN "back" TYPE blue USING "back"::text::blue;
