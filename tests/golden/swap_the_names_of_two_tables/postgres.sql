-- swap_the_names_of_two_tables: up, postgres

-- rename table first to _okra_aside_first
-- ! breaks code that runs against the old schema: code that uses the name `first` fails
ALTER TABLE "first" RENAME TO "_okra_aside_first";

-- rename table second to first
-- ! breaks code that runs against the old schema: code that uses the name `second` fails
ALTER TABLE "second" RENAME TO "first";

-- rename table _okra_aside_first to second
ALTER TABLE "_okra_aside_first" RENAME TO "second";

-- rename index second_pkey to _okra_aside_second_pkey
ALTER INDEX "second_pkey" RENAME TO "_okra_aside_second_pkey";

-- rename index first_pkey to second_pkey
ALTER INDEX "first_pkey" RENAME TO "second_pkey";

-- rename index _okra_aside_second_pkey to first_pkey
ALTER INDEX "_okra_aside_second_pkey" RENAME TO "first_pkey";
