-- change_primary_key_to_unique_columns: up, postgres

-- drop constraints of seats
ALTER TABLE "seats" DROP CONSTRAINT "seats_pkey";

-- alter table seats
--   - column seats.id
-- ! loses data: drops column `seats.id` with its values
-- ! breaks code that runs against the old schema: code that uses `seats.id` fails
-- ! blocks writes or reads: nobody else can use `seats` while its key is built
ALTER TABLE "seats"
  DROP COLUMN "id",
  ADD CONSTRAINT "seats_pkey" PRIMARY KEY ("row", "place");

-- drop constraints of seats
-- okra: new transaction
ALTER TABLE "seats" DROP CONSTRAINT "seats_row_place_key";
