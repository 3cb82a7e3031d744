-- drop_unique_number_of_table_without_rowid: down, postgres
-- what the migration took from rows does not come back:
--   drops column `rooms.number` with its values
--   drops column `rooms.floor` with its values

-- alter table rooms
--   + column rooms.number: integer not null, rows get (SELECT (ctid::text::point)[0] * 300 + (ctid::text::point)[1])::integer
--   + column rooms.floor: double precision not null, rows get 1
-- ! breaks code that runs against the old schema: code that inserts into `rooms` without `number` fails
-- ! breaks code that runs against the old schema: code that inserts into `rooms` without `floor` fails
-- ! rewrites the table: writes all rows of `rooms` anew; nobody else can use it meanwhile
ALTER TABLE "rooms"
  ADD COLUMN "number" integer,
  ADD COLUMN "floor" double precision DEFAULT 1 NOT NULL,
  ADD CONSTRAINT "_okra_required_number" CHECK ("number" IS NOT NULL) NOT VALID,
  ADD CONSTRAINT "rooms_floor_check" CHECK (floor >= 1) NOT VALID;

-- new rows of rooms get no such floor by themselves
ALTER TABLE "rooms" ALTER COLUMN "floor" DROP DEFAULT;

-- give rows of rooms without number a value
-- ! may fail on existing data: rows of `rooms` may not satisfy `floor >= 1`
-- ! blocks writes or reads: writes to rows of `rooms` wait while those get their values
-- okra: new transaction
UPDATE "rooms" SET "number" = (SELECT (ctid::text::point)[0] * 300 + (ctid::text::point)[1])::integer WHERE "number" IS NULL;

-- see that all rows of rooms have number
-- ! may fail on existing data: `rooms.number` becomes required: fails if there is no row to refer to
-- okra: new transaction
ALTER TABLE "rooms" VALIDATE CONSTRAINT "_okra_required_number";

-- require number of rooms
-- okra: new transaction
ALTER TABLE "rooms" ALTER COLUMN "number" SET NOT NULL;

-- number of rooms needs no check any more
ALTER TABLE "rooms" DROP CONSTRAINT "_okra_required_number";

-- unique index rooms by number
-- ! may fail on existing data: rows of `rooms` may have the same `number`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "rooms_number_key" ON "rooms" ("number");

-- change keys of rooms
-- okra: new transaction
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_number_key" UNIQUE USING INDEX "rooms_number_key";

-- see that all rows of rooms satisfy rooms_floor_check
-- okra: new transaction
ALTER TABLE "rooms" VALIDATE CONSTRAINT "rooms_floor_check";
