-- 20250113_090457: up, postgres

-- rename type invoice_state to invoice_status
ALTER TYPE "invoice_state" RENAME TO "invoice_status";

-- rename table vaccinations to immunisations
-- ! breaks code that runs against the old schema: code that uses the name `vaccinations` fails
ALTER TABLE "vaccinations" RENAME TO "immunisations";

-- rename index vaccinations_pkey to immunisations_pkey
ALTER INDEX "vaccinations_pkey" RENAME TO "immunisations_pkey";

-- rename column invoices.state to status
-- ! breaks code that runs against the old schema: code that uses the name `invoices.state` fails
ALTER TABLE "invoices" RENAME COLUMN "state" TO "status";

-- rename column observations.taken_at to measured_at
-- ! breaks code that runs against the old schema: code that uses the name `observations.taken_at` fails
ALTER TABLE "observations" RENAME COLUMN "taken_at" TO "measured_at";

-- rename constraint vaccinations_patient_id_fkey of immunisations to immunisations_patient_id_fkey
ALTER TABLE "immunisations" RENAME CONSTRAINT "vaccinations_patient_id_fkey" TO "immunisations_patient_id_fkey";

-- rename the value PAID of type invoice_status to SETTLED
-- ! breaks code that runs against the old schema: `invoice_status` has 'SETTLED' in place of 'PAID'
ALTER TYPE "invoice_status" RENAME VALUE 'PAID' TO 'SETTLED';

-- create table documents
-- A letter, a picture or a report that belongs to a visit.
--   size: How large it is, without reading it.
CREATE TABLE "documents" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "name" text NOT NULL,
  "media_type" text DEFAULT 'application/pdf' NOT NULL,
  "content" bytea NOT NULL,
  "size" bigint GENERATED ALWAYS AS (length(content)) STORED NOT NULL,
  "encounter_id" uuid NOT NULL,
  CONSTRAINT "documents_pkey" PRIMARY KEY ("id")
);

-- describe table documents
COMMENT ON TABLE "documents" IS 'A letter, a picture or a report that belongs to a visit.';

-- describe documents.size
COMMENT ON COLUMN "documents"."size" IS 'How large it is, without reading it.';

-- alter table audit.audit_entries
--   ~ table audit.audit_entries: no options → unlogged
-- ! rewrites the table: writes all rows of `audit.audit_entries` anew; nobody else can use it meanwhile
ALTER TABLE "audit"."audit_entries" SET UNLOGGED;

-- alter table stock_movements
--   ~ column stock_movements.id: autoincrement yes → cache 20
ALTER TABLE "stock_movements" ALTER COLUMN "id" SET CACHE 20;

-- foreign key of documents to encounters
ALTER TABLE "documents" ADD CONSTRAINT "documents_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
