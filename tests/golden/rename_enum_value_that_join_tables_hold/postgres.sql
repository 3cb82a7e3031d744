-- rename_enum_value_that_join_tables_hold: up, postgres

-- rename the value NEW of type kind to FRESH
-- ! breaks code that runs against the old schema: `kind` has 'FRESH' in place of 'NEW'
ALTER TYPE "kind" RENAME VALUE 'NEW' TO 'FRESH';
