-- change_composite_primary_key: down, postgres
-- what the migration took from rows does not come back:
--   NULLs in `seats.hall` become 1

-- unique index seats by row, place
-- ! may fail on existing data: rows of `seats` may have the same `row, place`, or none
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_seats_pkey" ON "seats" ("row", "place");

-- change keys of seats
-- okra: new transaction
ALTER TABLE "seats"
  DROP CONSTRAINT "seats_pkey",
  ALTER COLUMN "hall" DROP NOT NULL,
  ADD CONSTRAINT "seats_pkey" PRIMARY KEY USING INDEX "_okra_new_seats_pkey";
