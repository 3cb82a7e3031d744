-- 20250113_090457: down, postgres

-- drop table documents
-- ! loses data: drops table `documents` with all its rows
-- ! breaks code that runs against the old schema: code that uses `documents` fails
DROP TABLE "documents";

-- rename type invoice_status to invoice_state
ALTER TYPE "invoice_status" RENAME TO "invoice_state";

-- rename table immunisations to vaccinations
-- ! breaks code that runs against the old schema: code that uses the name `immunisations` fails
ALTER TABLE "immunisations" RENAME TO "vaccinations";

-- rename index immunisations_pkey to vaccinations_pkey
ALTER INDEX "immunisations_pkey" RENAME TO "vaccinations_pkey";

-- rename column invoices.status to state
-- ! breaks code that runs against the old schema: code that uses the name `invoices.status` fails
ALTER TABLE "invoices" RENAME COLUMN "status" TO "state";

-- rename column observations.measured_at to taken_at
-- ! breaks code that runs against the old schema: code that uses the name `observations.measured_at` fails
ALTER TABLE "observations" RENAME COLUMN "measured_at" TO "taken_at";

-- rename constraint immunisations_patient_id_fkey of vaccinations to vaccinations_patient_id_fkey
ALTER TABLE "vaccinations" RENAME CONSTRAINT "immunisations_patient_id_fkey" TO "vaccinations_patient_id_fkey";

-- rename the value SETTLED of type invoice_state to PAID
-- ! breaks code that runs against the old schema: `invoice_state` has 'PAID' in place of 'SETTLED'
ALTER TYPE "invoice_state" RENAME VALUE 'SETTLED' TO 'PAID';

-- alter table audit.audit_entries
--   ~ table audit.audit_entries: unlogged → no options
-- ! rewrites the table: writes all rows of `audit.audit_entries` anew; nobody else can use it meanwhile
ALTER TABLE "audit"."audit_entries" SET LOGGED;

-- alter table stock_movements
--   ~ column stock_movements.id: autoincrement cache 20 → yes
ALTER TABLE "stock_movements" ALTER COLUMN "id" SET CACHE 1;
