-- swap_two_columns: down, mysql

-- rename in places: a to b, b to a
-- ! breaks code that runs against the old schema: code that uses the name `places.a` fails
-- ! breaks code that runs against the old schema: code that uses the name `places.b` fails
ALTER TABLE `places`
  RENAME COLUMN `a` TO `b`,
  RENAME COLUMN `b` TO `a`,
  ALGORITHM=INSTANT;
