-- 20241125_125909: down, postgres
-- what the migration took from rows does not come back:
--   drops table `paper_files` with all its rows

-- drop table stock_movements
-- ! loses data: drops table `stock_movements` with all its rows
-- ! breaks code that runs against the old schema: code that uses `stock_movements` fails
DROP TABLE "stock_movements";

-- drop table stock_items
-- ! loses data: drops table `stock_items` with all its rows
-- ! breaks code that runs against the old schema: code that uses `stock_items` fails
DROP TABLE "stock_items";

-- drop table suppliers
-- ! loses data: drops table `suppliers` with all its rows
-- ! breaks code that runs against the old schema: code that uses `suppliers` fails
DROP TABLE "suppliers";

-- drop table audit.audit_entries
-- ! loses data: drops table `audit.audit_entries` with all its rows
-- ! breaks code that runs against the old schema: code that uses `audit.audit_entries` fails
DROP TABLE "audit"."audit_entries";

-- create table paper_files
CREATE TABLE "paper_files" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "shelf" text NOT NULL,
  "label" text,
  "patient_id" uuid NOT NULL,
  CONSTRAINT "paper_files_pkey" PRIMARY KEY ("id")
);

-- describe table paper_files
COMMENT ON TABLE "paper_files" IS 'A folder of paper in the cellar.';

-- alter table clinics
--   - column clinics.position
--   - column clinics.settings
-- ! loses data: drops column `clinics.position` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.position` fails
-- ! loses data: drops column `clinics.settings` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.settings` fails
ALTER TABLE "clinics"
  DROP COLUMN "position",
  DROP COLUMN "settings";

-- foreign key of paper_files to patients
ALTER TABLE "paper_files" ADD CONSTRAINT "paper_files_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- drop type audit.action
DROP TYPE "audit"."action";
