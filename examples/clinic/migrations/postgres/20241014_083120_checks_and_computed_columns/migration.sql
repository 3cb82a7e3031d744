-- 20241014_083120: up, postgres

-- take the updated-at trigger off patients
DROP TRIGGER "_okra_updated_at_updated_at" ON "patients";

-- alter table patients
--   + column patients.full_name: text not null as (given_name || ' ' || family_name)
-- ! may fail on existing data: `patients.full_name` is required: fails if it comes out as NULL for a row
-- ! rewrites the table: writes all rows of `patients` anew; nobody else can use it meanwhile
ALTER TABLE "patients"
  ADD COLUMN "full_name" text GENERATED ALWAYS AS (given_name || ' ' || family_name) STORED NOT NULL,
  ADD CONSTRAINT "patients_birth_date_check" CHECK (birth_date >= '1890-01-01') NOT VALID;

-- describe patients.full_name
COMMENT ON COLUMN "patients"."full_name" IS 'For lists and letters; nobody writes it.';

-- alter table appointments
ALTER TABLE "appointments" ADD CONSTRAINT "appointments_minutes_check" CHECK (minutes BETWEEN 5 AND 480) NOT VALID;

-- alter table encounters
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_check" CHECK (ended_at IS NULL OR ended_at >= started_at) NOT VALID;

-- alter table invoice_lines
--   + column invoice_lines.quantity: integer not null default 1
--   ~ column invoice_lines.amount: comment none → Before tax.
--   + column invoice_lines.tax_percent: numeric(4,2) not null default 20
--   + column invoice_lines.gross: numeric(10,2) not null as (round(amount * (1 + tax_percent / 100.0), 2))
-- ! may fail on existing data: `invoice_lines.gross` is required: fails if it comes out as NULL for a row
-- ! rewrites the table: writes all rows of `invoice_lines` anew; nobody else can use it meanwhile
ALTER TABLE "invoice_lines"
  ADD COLUMN "quantity" integer DEFAULT 1 NOT NULL,
  ADD COLUMN "tax_percent" numeric(4,2) DEFAULT 20 NOT NULL,
  ADD COLUMN "gross" numeric(10,2) GENERATED ALWAYS AS (round(amount * (1 + tax_percent / 100.0), 2)) STORED NOT NULL,
  ADD CONSTRAINT "invoice_lines_quantity_check" CHECK (quantity > 0) NOT VALID;

-- describe invoice_lines.gross
COMMENT ON COLUMN "invoice_lines"."gross" IS 'What is to be paid for this line.';

-- describe invoice_lines.amount
COMMENT ON COLUMN "invoice_lines"."amount" IS 'Before tax.';

-- alter table lab_tests
ALTER TABLE "lab_tests" ADD CONSTRAINT "lab_tests_highest_check" CHECK (lowest IS NULL OR highest IS NULL OR lowest <= highest) NOT VALID;

-- alter table opening_hours
ALTER TABLE "opening_hours" ADD CONSTRAINT "opening_hours_order_check" CHECK (opens_at < closes_at) NOT VALID;

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
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_updated_at"('full_name');

-- see that all rows of patients satisfy patients_birth_date_check
-- ! may fail on existing data: rows of `patients` may not satisfy `birth_date >= '1890-01-01'`
-- okra: new transaction
ALTER TABLE "patients" VALIDATE CONSTRAINT "patients_birth_date_check";

-- see that all rows of appointments satisfy appointments_minutes_check
-- ! may fail on existing data: rows of `appointments` may not satisfy `minutes BETWEEN 5 AND 480`
-- okra: new transaction
ALTER TABLE "appointments" VALIDATE CONSTRAINT "appointments_minutes_check";

-- see that all rows of encounters satisfy encounters_check
-- ! may fail on existing data: rows of `encounters` may not satisfy `ended_at IS NULL OR ended_at >= started_at`
-- okra: new transaction
ALTER TABLE "encounters" VALIDATE CONSTRAINT "encounters_check";

-- see that all rows of invoice_lines satisfy invoice_lines_quantity_check
-- okra: new transaction
ALTER TABLE "invoice_lines" VALIDATE CONSTRAINT "invoice_lines_quantity_check";

-- see that all rows of lab_tests satisfy lab_tests_highest_check
-- ! may fail on existing data: rows of `lab_tests` may not satisfy `lowest IS NULL OR highest IS NULL OR lowest <= highest`
-- okra: new transaction
ALTER TABLE "lab_tests" VALIDATE CONSTRAINT "lab_tests_highest_check";

-- see that all rows of opening_hours satisfy opening_hours_order_check
-- ! may fail on existing data: rows of `opening_hours` may not satisfy `opens_at < closes_at`
-- okra: new transaction
ALTER TABLE "opening_hours" VALIDATE CONSTRAINT "opening_hours_order_check";
