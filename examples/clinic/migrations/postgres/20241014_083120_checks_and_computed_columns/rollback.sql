-- 20241014_083120: down, postgres

-- take the updated-at trigger off patients
DROP TRIGGER "_okra_updated_at_updated_at" ON "patients";

-- drop constraints of patients
ALTER TABLE "patients" DROP CONSTRAINT "patients_birth_date_check";

-- drop constraints of appointments
ALTER TABLE "appointments" DROP CONSTRAINT "appointments_minutes_check";

-- drop constraints of encounters
ALTER TABLE "encounters" DROP CONSTRAINT "encounters_check";

-- drop constraints of invoice_lines
ALTER TABLE "invoice_lines" DROP CONSTRAINT "invoice_lines_quantity_check";

-- drop constraints of lab_tests
ALTER TABLE "lab_tests" DROP CONSTRAINT "lab_tests_highest_check";

-- drop constraints of opening_hours
ALTER TABLE "opening_hours" DROP CONSTRAINT "opening_hours_order_check";

-- alter table patients
--   - column patients.full_name
-- ! breaks code that runs against the old schema: code that uses `patients.full_name` fails
ALTER TABLE "patients" DROP COLUMN "full_name";

-- alter table invoice_lines
--   - column invoice_lines.quantity
--   - column invoice_lines.tax_percent
--   - column invoice_lines.gross
--   ~ column invoice_lines.amount: comment Before tax. → none
-- ! loses data: drops column `invoice_lines.quantity` with its values
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.quantity` fails
-- ! loses data: drops column `invoice_lines.tax_percent` with its values
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.tax_percent` fails
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.gross` fails
ALTER TABLE "invoice_lines"
  DROP COLUMN "gross",
  DROP COLUMN "quantity",
  DROP COLUMN "tax_percent";

-- describe invoice_lines.amount
COMMENT ON COLUMN "invoice_lines"."amount" IS NULL;

-- how columns called updated_at are kept
CREATE OR REPLACE FUNCTION "_okra_touch_updated_at"() RETURNS trigger
  LANGUAGE plpgsql AS $okra$
BEGIN
  IF NEW."updated_at" IS DISTINCT FROM OLD."updated_at" OR NEW OPERATOR(pg_catalog.*=) OLD THEN
    RETURN NEW;
  END IF;
  IF TG_NARGS > 0 AND pg_catalog.to_jsonb(NEW) - TG_ARGV = pg_catalog.to_jsonb(OLD) - TG_ARGV THEN
    RETURN NEW;
  END IF;
  NEW."updated_at" := CURRENT_TIMESTAMP;
  RETURN NEW;
END
$okra$;

-- keep the updated-at column of patients
CREATE TRIGGER "_okra_updated_at_updated_at" BEFORE UPDATE ON "patients"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_updated_at"();
