-- rename_enum_value_that_join_tables_hold: down, postgres

-- rename the value FRESH of type kind to NEW
-- ! breaks code that runs against the old schema: `kind` has 'NEW' in place of 'FRESH'
ALTER TYPE "kind" RENAME VALUE 'FRESH' TO 'NEW';
