-- 20240610_094833: up, postgres

-- create type lab_order_status
CREATE TYPE "lab_order_status" AS ENUM ('ORDERED', 'COLLECTED', 'REPORTED');

-- create table allergies
CREATE TABLE "allergies" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "substance" text NOT NULL,
  CONSTRAINT "allergies_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "allergies_substance_key" UNIQUE ("substance")
);

-- create table equipment
-- What stands in a room, or is carried from one to another.
--   uses: What it can be used for, in the words of the schedule.
CREATE TABLE "equipment" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "name" text NOT NULL,
  "serial_number" text,
  "uses" text[] DEFAULT '{}' NOT NULL,
  CONSTRAINT "equipment_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "equipment_serial_number_key" UNIQUE ("serial_number")
);

-- describe table equipment
COMMENT ON TABLE "equipment" IS 'What stands in a room, or is carried from one to another.';

-- describe equipment.uses
COMMENT ON COLUMN "equipment"."uses" IS 'What it can be used for, in the words of the schedule.';

-- create table lab_orders
CREATE TABLE "lab_orders" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "status" lab_order_status DEFAULT 'ORDERED' NOT NULL,
  "urgent" boolean DEFAULT false NOT NULL,
  "ordered_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "encounter_id" uuid NOT NULL,
  CONSTRAINT "lab_orders_pkey" PRIMARY KEY ("id")
);

-- create table lab_tests
-- Something that the laboratory can find out.
--   code: A LOINC code: the key everywhere, so it is the key here.
CREATE TABLE "lab_tests" (
  "code" character varying(12) NOT NULL,
  "name" text NOT NULL,
  "unit" text,
  "lowest" double precision,
  "highest" double precision,
  CONSTRAINT "lab_tests_pkey" PRIMARY KEY ("code")
);

-- describe table lab_tests
COMMENT ON TABLE "lab_tests" IS 'Something that the laboratory can find out.';

-- describe lab_tests.code
COMMENT ON COLUMN "lab_tests"."code" IS 'A LOINC code: the key everywhere, so it is the key here.';

-- create table lab_results
--   raw: What the analyser sent, word for word.
CREATE TABLE "lab_results" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "value" double precision,
  "text" text,
  "raw" jsonb,
  "reported_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "order_id" uuid NOT NULL,
  "test_code" text NOT NULL,
  CONSTRAINT "lab_results_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "lab_results_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "lab_orders" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "lab_results_test_code_fkey" FOREIGN KEY ("test_code") REFERENCES "lab_tests" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- describe lab_results.raw
COMMENT ON COLUMN "lab_results"."raw" IS 'What the analyser sent, word for word.';

-- create table medications
-- A medicine as it is sold.
--   atc_code: The Anatomical Therapeutic Chemical code: `N02BE01`.
CREATE TABLE "medications" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "name" text NOT NULL,
  "atc_code" character varying(7) NOT NULL,
  "strength_milligrams" numeric(9,3),
  "controlled" boolean DEFAULT false NOT NULL,
  CONSTRAINT "medications_pkey" PRIMARY KEY ("id")
);

-- describe table medications
COMMENT ON TABLE "medications" IS 'A medicine as it is sold.';

-- describe medications.atc_code
COMMENT ON COLUMN "medications"."atc_code" IS 'The Anatomical Therapeutic Chemical code: `N02BE01`.';

-- create table patient_allergies
CREATE TABLE "patient_allergies" (
  "allergy_id" uuid NOT NULL,
  "patient_id" uuid NOT NULL,
  CONSTRAINT "patient_allergies_pkey" PRIMARY KEY ("allergy_id", "patient_id"),
  CONSTRAINT "patient_allergies_allergy_id_fkey" FOREIGN KEY ("allergy_id") REFERENCES "allergies" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index patient_allergies by patient_id
CREATE INDEX "patient_allergies_patient_id_idx" ON "patient_allergies" ("patient_id");

-- create table specialties
-- Something that one can be a specialist in: cardiology, wound care.
CREATE TABLE "specialties" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "name" text NOT NULL,
  CONSTRAINT "specialties_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "specialties_name_key" UNIQUE ("name")
);

-- describe table specialties
COMMENT ON TABLE "specialties" IS 'Something that one can be a specialist in: cardiology, wound care.';

-- create table practitioner_specialties
CREATE TABLE "practitioner_specialties" (
  "practitioner_id" uuid NOT NULL,
  "specialty_id" uuid NOT NULL,
  CONSTRAINT "practitioner_specialties_pkey" PRIMARY KEY ("practitioner_id", "specialty_id"),
  CONSTRAINT "practitioner_specialties_specialty_id_fkey" FOREIGN KEY ("specialty_id") REFERENCES "specialties" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index practitioner_specialties by specialty_id
CREATE INDEX "practitioner_specialties_specialty_id_idx" ON "practitioner_specialties" ("specialty_id");

-- create table prescriptions
--   signature: The doctor's signature, as the card reader made it.
CREATE TABLE "prescriptions" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "issued_at" timestamp without time zone DEFAULT CURRENT_TIMESTAMP NOT NULL,
  "valid_until" date,
  "signature" bytea,
  "encounter_id" uuid NOT NULL,
  CONSTRAINT "prescriptions_pkey" PRIMARY KEY ("id")
);

-- describe prescriptions.signature
COMMENT ON COLUMN "prescriptions"."signature" IS 'The doctor''s signature, as the card reader made it.';

-- create table prescription_items
--   position: Where it stands on the paper.
CREATE TABLE "prescription_items" (
  "position" integer NOT NULL,
  "dose" text NOT NULL,
  "days" integer,
  "prescription_id" uuid NOT NULL,
  "medication_id" uuid NOT NULL,
  CONSTRAINT "prescription_items_pkey" PRIMARY KEY ("prescription_id", "position"),
  CONSTRAINT "prescription_items_prescription_id_fkey" FOREIGN KEY ("prescription_id") REFERENCES "prescriptions" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "prescription_items_medication_id_fkey" FOREIGN KEY ("medication_id") REFERENCES "medications" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- describe prescription_items.position
COMMENT ON COLUMN "prescription_items"."position" IS 'Where it stands on the paper.';

-- create table room_equipment
CREATE TABLE "room_equipment" (
  "equipment_id" uuid NOT NULL,
  "room_id" uuid NOT NULL,
  CONSTRAINT "room_equipment_pkey" PRIMARY KEY ("equipment_id", "room_id"),
  CONSTRAINT "room_equipment_equipment_id_fkey" FOREIGN KEY ("equipment_id") REFERENCES "equipment" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index room_equipment by room_id
CREATE INDEX "room_equipment_room_id_idx" ON "room_equipment" ("room_id");

-- create table vaccinations
CREATE TABLE "vaccinations" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "vaccine" text NOT NULL,
  "lot_number" text NOT NULL,
  "given_on" date DEFAULT CURRENT_DATE NOT NULL,
  "patient_id" uuid NOT NULL,
  CONSTRAINT "vaccinations_pkey" PRIMARY KEY ("id")
);

-- alter table practitioners
--   + column practitioners.supervisor_id: uuid null
ALTER TABLE "practitioners" ADD COLUMN "supervisor_id" uuid;

-- foreign key of lab_orders to encounters
ALTER TABLE "lab_orders" ADD CONSTRAINT "lab_orders_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- foreign key of patient_allergies to patients
ALTER TABLE "patient_allergies" ADD CONSTRAINT "patient_allergies_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- foreign key of practitioner_specialties to practitioners
ALTER TABLE "practitioner_specialties" ADD CONSTRAINT "practitioner_specialties_practitioner_id_fkey" FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- foreign key of prescriptions to encounters
ALTER TABLE "prescriptions" ADD CONSTRAINT "prescriptions_encounter_id_fkey" FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- foreign key of room_equipment to rooms
ALTER TABLE "room_equipment" ADD CONSTRAINT "room_equipment_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "rooms" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- foreign key of vaccinations to patients
ALTER TABLE "vaccinations" ADD CONSTRAINT "vaccinations_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- foreign key of practitioners to practitioners
ALTER TABLE "practitioners" ADD CONSTRAINT "practitioners_supervisor_id_fkey" FOREIGN KEY ("supervisor_id") REFERENCES "practitioners" ("id") ON DELETE SET NULL ON UPDATE CASCADE NOT VALID;

-- see that practitioners has what practitioners refers to
-- okra: new transaction
ALTER TABLE "practitioners" VALIDATE CONSTRAINT "practitioners_supervisor_id_fkey";
