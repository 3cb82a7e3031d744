-- 20240715_152205: down, postgres
-- what the migration took from rows does not come back:
--   drops column `invoice_lines.id` with its values
--   drops column `opening_hours.id` with its values

-- drop the foreign key of employments to practitioners
ALTER TABLE "employments" DROP CONSTRAINT "employments_practitioner_id_fkey";

-- drop the foreign key of employments to clinics
ALTER TABLE "employments" DROP CONSTRAINT "employments_clinic_id_fkey";

-- drop the foreign key of opening_hours to clinics
ALTER TABLE "opening_hours" DROP CONSTRAINT "opening_hours_clinic_id_fkey";

-- drop the foreign key of payments to invoice_lines
ALTER TABLE "payments" DROP CONSTRAINT "payments_line_fkey";

-- alter table invoice_lines
--   + column invoice_lines.id: uuid not null default gen_random_uuid()
-- ! rewrites the table: writes all rows of `invoice_lines` anew; nobody else can use it meanwhile
ALTER TABLE "invoice_lines" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;

-- alter table opening_hours
--   + column opening_hours.id: uuid not null default gen_random_uuid()
-- ! rewrites the table: writes all rows of `opening_hours` anew; nobody else can use it meanwhile
ALTER TABLE "opening_hours" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;

-- unique index invoice_lines by id
-- ! may fail on existing data: rows of `invoice_lines` may have the same `id`, or none
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_invoice_lines_pkey" ON "invoice_lines" ("id");

-- unique index opening_hours by id
-- ! may fail on existing data: rows of `opening_hours` may have the same `id`, or none
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_opening_hours_pkey" ON "opening_hours" ("id");

-- change keys of invoice_lines
-- okra: new transaction
ALTER TABLE "invoice_lines"
  DROP CONSTRAINT "invoice_lines_pkey",
  ADD CONSTRAINT "invoice_lines_pkey" PRIMARY KEY USING INDEX "_okra_new_invoice_lines_pkey";

-- change keys of opening_hours
-- okra: new transaction
ALTER TABLE "opening_hours"
  DROP CONSTRAINT "opening_hours_pkey",
  ADD CONSTRAINT "opening_hours_pkey" PRIMARY KEY USING INDEX "_okra_new_opening_hours_pkey";

-- drop table payments
-- ! loses data: drops table `payments` with all its rows
-- ! breaks code that runs against the old schema: code that uses `payments` fails
-- okra: new transaction
DROP TABLE "payments";

-- drop table employments
-- ! loses data: drops table `employments` with all its rows
-- ! breaks code that runs against the old schema: code that uses `employments` fails
DROP TABLE "employments";
