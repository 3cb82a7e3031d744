-- 20240408_113018: down, postgres

-- rename the value CANCELLED of type appointment_status to CANCELED
-- ! breaks code that runs against the old schema: `appointment_status` has 'CANCELED' in place of 'CANCELLED'
ALTER TYPE "appointment_status" RENAME VALUE 'CANCELLED' TO 'CANCELED';

-- put the old type appointment_status aside
ALTER TYPE "appointment_status" RENAME TO "_okra_old_appointment_status";

-- create type appointment_status
-- ! breaks code that runs against the old schema: code that writes 'ARRIVED' fails
-- ! breaks code that runs against the old schema: code that writes 'NO_SHOW' fails
CREATE TYPE "appointment_status" AS ENUM ('BOOKED', 'TENTATIVE', 'CANCELED', 'DONE');

-- alter table appointments
-- ! may fail on existing data: `appointments.status` may hold 'ARRIVED', 'NO_SHOW'
-- ! rewrites the table: writes all rows of `appointments` anew; nobody else can use it meanwhile
ALTER TABLE "appointments"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" TYPE appointment_status USING "status"::text::appointment_status,
  ALTER COLUMN "status" SET DEFAULT 'BOOKED';

-- drop the old type appointment_status
DROP TYPE "_okra_old_appointment_status";
