-- swap_enum_texts: down, postgres

-- rename the value 1 of type state to _okra_aside_1
-- ! breaks code that runs against the old schema: `state` has '0' in place of '1'
ALTER TYPE "state" RENAME VALUE '1' TO '_okra_aside_1';

-- rename the value 0 of type state to 1
-- ! breaks code that runs against the old schema: `state` has '1' in place of '0'
ALTER TYPE "state" RENAME VALUE '0' TO '1';

-- rename the value _okra_aside_1 of type state to 0
ALTER TYPE "state" RENAME VALUE '_okra_aside_1' TO '0';
