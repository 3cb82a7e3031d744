-- 20240219_104127: up, postgres

-- create type language
CREATE TYPE "language" AS ENUM ('en', 'de', 'tr');

-- describe type language
COMMENT ON TYPE "language" IS 'The languages that someone here speaks; stored as ISO 639 codes.';

-- create table encounters
-- One visit, as it went.
CREATE TABLE "encounters" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "started_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "ended_at" timestamp without time zone,
  "notes" text DEFAULT '' NOT NULL,
  "updated_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "patient_id" uuid NOT NULL,
  "practitioner_id" uuid NOT NULL,
  "appointment_id" uuid,
  CONSTRAINT "encounters_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "encounters_appointment_id_key" UNIQUE ("appointment_id")
);

-- describe table encounters
COMMENT ON TABLE "encounters" IS 'One visit, as it went.';

-- create table diagnoses
-- What was found, as an ICD-10 code.
CREATE TABLE "diagnoses" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "code" character varying(8) NOT NULL,
  "note" text,
  "encounter_id" uuid NOT NULL,
  CONSTRAINT "diagnoses_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "diagnoses_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index diagnoses by code
CREATE INDEX "diagnoses_code_idx" ON "diagnoses" ("code");

-- describe table diagnoses
COMMENT ON TABLE "diagnoses" IS 'What was found, as an ICD-10 code.';

-- create table observations
-- What was measured: pulse, weight, temperature.
--   code: What is measured, as a LOINC code.
CREATE TABLE "observations" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "code" text NOT NULL,
  "value" double precision NOT NULL,
  "unit" text NOT NULL,
  "taken_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "encounter_id" uuid NOT NULL,
  CONSTRAINT "observations_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "observations_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- describe table observations
COMMENT ON TABLE "observations" IS 'What was measured: pulse, weight, temperature.';

-- describe observations.code
COMMENT ON COLUMN "observations"."code" IS 'What is measured, as a LOINC code.';

-- alter table clinics
--   + column clinics.timezone: text not null, rows get 'Europe/Vienna'
-- ! breaks code that runs against the old schema: code that inserts into `clinics` without `timezone` fails
ALTER TABLE "clinics" ADD COLUMN "timezone" text DEFAULT 'Europe/Vienna' NOT NULL;

-- new rows of clinics get no such timezone by themselves
ALTER TABLE "clinics" ALTER COLUMN "timezone" DROP DEFAULT;

-- describe clinics.timezone
COMMENT ON COLUMN "clinics"."timezone" IS 'An IANA name: `Europe/Vienna`.';

-- alter table patients
--   + column patients.language: language not null default 'en'
ALTER TABLE "patients" ADD COLUMN "language" language DEFAULT 'en' NOT NULL;

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

-- keep the updated-at column of encounters
CREATE TRIGGER "_okra_updated_at_updated_at" BEFORE UPDATE ON "encounters"
  FOR EACH ROW EXECUTE FUNCTION "_okra_touch_updated_at"();

-- foreign key of encounters to patients
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- foreign key of encounters to practitioners
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- foreign key of encounters to appointments
ALTER TABLE "encounters" ADD CONSTRAINT "encounters_appointment_id_fkey" FOREIGN KEY ("appointment_id") REFERENCES "appointments" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
