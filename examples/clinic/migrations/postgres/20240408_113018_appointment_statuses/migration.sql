-- 20240408_113018: up, postgres

-- rename the value CANCELED of type appointment_status to CANCELLED
-- ! breaks code that runs against the old schema: `appointment_status` has 'CANCELLED' in place of 'CANCELED'
ALTER TYPE "appointment_status" RENAME VALUE 'CANCELED' TO 'CANCELLED';

-- put the old type appointment_status aside
ALTER TYPE "appointment_status" RENAME TO "_okra_old_appointment_status";

-- create type appointment_status
-- ! breaks code that runs against the old schema: code that writes 'TENTATIVE' fails
CREATE TYPE "appointment_status" AS ENUM ('BOOKED', 'ARRIVED', 'DONE', 'CANCELLED', 'NO_SHOW');

-- alter table appointments
-- ! may fail on existing data: `appointments.status` may hold 'TENTATIVE'
-- ! rewrites the table: writes all rows of `appointments` anew; nobody else can use it meanwhile
ALTER TABLE "appointments"
  ALTER COLUMN "status" DROP DEFAULT,
  ALTER COLUMN "status" TYPE appointment_status USING "status"::text::appointment_status,
  ALTER COLUMN "status" SET DEFAULT 'BOOKED';

-- drop the old type appointment_status
DROP TYPE "_okra_old_appointment_status";
