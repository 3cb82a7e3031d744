-- swap_enum_texts: up, postgres

-- rename the value 0 of type state to _okra_aside_0
-- ! breaks code that runs against the old schema: `state` has '1' in place of '0'
ALTER TYPE "state" RENAME VALUE '0' TO '_okra_aside_0';

-- rename the value 1 of type state to 0
-- ! breaks code that runs against the old schema: `state` has '0' in place of '1'
ALTER TYPE "state" RENAME VALUE '1' TO '0';

-- rename the value _okra_aside_0 of type state to 1
ALTER TYPE "state" RENAME VALUE '_okra_aside_0' TO '1';
