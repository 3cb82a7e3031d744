-- swap_two_columns: up, postgres

-- rename column places.a to _okra_aside_a
-- ! breaks code that runs against the old schema: code that uses the name `places.a` fails
ALTER TABLE "places" RENAME COLUMN "a" TO "_okra_aside_a";

-- rename column places.b to a
-- ! breaks code that runs against the old schema: code that uses the name `places.b` fails
ALTER TABLE "places" RENAME COLUMN "b" TO "a";

-- rename column places._okra_aside_a to b
ALTER TABLE "places" RENAME COLUMN "_okra_aside_a" TO "b";
