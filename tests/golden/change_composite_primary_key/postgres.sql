-- change_composite_primary_key: up, postgres

-- alter table seats
--   ~ column seats.hall: null → not null
-- ! breaks code that runs against the old schema: code that leaves `seats.hall` out or empty fails
ALTER TABLE "seats" ADD CONSTRAINT "_okra_required_hall" CHECK ("hall" IS NOT NULL) NOT VALID;

-- give rows of seats without hall a value
-- ! changes data: NULLs in `seats.hall` become 1
-- ! blocks writes or reads: writes to rows of `seats` wait while those get their values
-- okra: new transaction
UPDATE "seats" SET "hall" = 1 WHERE "hall" IS NULL;

-- see that all rows of seats have hall
-- okra: new transaction
ALTER TABLE "seats" VALIDATE CONSTRAINT "_okra_required_hall";

-- require hall of seats
-- okra: new transaction
ALTER TABLE "seats" ALTER COLUMN "hall" SET NOT NULL;

-- hall of seats needs no check any more
ALTER TABLE "seats" DROP CONSTRAINT "_okra_required_hall";

-- unique index seats by hall, row, place
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_seats_pkey" ON "seats" ("hall", "row", "place");

-- change keys of seats
-- okra: new transaction
ALTER TABLE "seats"
  DROP CONSTRAINT "seats_pkey",
  ADD CONSTRAINT "seats_pkey" PRIMARY KEY USING INDEX "_okra_new_seats_pkey";
