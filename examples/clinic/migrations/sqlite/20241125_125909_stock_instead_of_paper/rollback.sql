-- 20241125_125909: down, sqlite
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

-- drop table audit_entries
-- ! loses data: drops table `audit_entries` with all its rows
-- ! breaks code that runs against the old schema: code that uses `audit_entries` fails
DROP TABLE "audit_entries";

-- create table paper_files
CREATE TABLE "paper_files" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "shelf" text NOT NULL,
  "label" text,
  "patient_id" text NOT NULL,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- drop column clinics.position
-- ! loses data: drops column `clinics.position` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.position` fails
-- ! rewrites the table: writes all rows of `clinics` anew
ALTER TABLE "clinics" DROP COLUMN "position";

-- drop column clinics.settings
-- ! loses data: drops column `clinics.settings` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.settings` fails
-- ! rewrites the table: writes all rows of `clinics` anew
ALTER TABLE "clinics" DROP COLUMN "settings";
