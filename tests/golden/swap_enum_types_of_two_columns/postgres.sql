-- swap_enum_types_of_two_columns: up, postgres

-- alter table lamps
--   ~ column lamps.front: red → blue
--   ~ column lamps.back: blue → red
-- ! may fail on existing data: `lamps.front` may hold values that `blue` has not
-- ! breaks code that runs against the old schema: code that takes `lamps.front` for `red` fails
-- ! may fail on existing data: `lamps.back` may hold values that `red` has not
-- ! breaks code that runs against the old schema: code that takes `lamps.back` for `blue` fails
-- ! rewrites the table: writes all rows of `lamps` anew; nobody else can use it meanwhile
ALTER TABLE "lamps"
  ALTER COLUMN "front" TYPE blue USING "front"::text::blue,
  ALTER COLUMN "back" TYPE red USING "back"::text::red;
