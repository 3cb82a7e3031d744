-- make_deferrable: up, postgres

-- drop the foreign key of seats to seats
ALTER TABLE "seats" DROP CONSTRAINT "seats_next_id_fkey";

-- foreign key of seats to seats
ALTER TABLE "seats" ADD CONSTRAINT "seats_next_id_fkey" FOREIGN KEY ("next_id") REFERENCES "seats" ("id") ON DELETE SET NULL ON UPDATE CASCADE DEFERRABLE NOT VALID;

-- unique index seats by place
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_seats_place_key" ON "seats" ("place");

-- change keys of seats
-- okra: new transaction
ALTER TABLE "seats"
  DROP CONSTRAINT "seats_place_key",
  ADD CONSTRAINT "seats_place_key" UNIQUE USING INDEX "_okra_new_seats_place_key" DEFERRABLE INITIALLY DEFERRED;

-- see that seats has what seats refers to
-- okra: new transaction
ALTER TABLE "seats" VALIDATE CONSTRAINT "seats_next_id_fkey";
