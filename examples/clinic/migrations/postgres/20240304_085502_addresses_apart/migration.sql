-- 20240304_085502: up, postgres

-- create type address_kind
CREATE TYPE "address_kind" AS ENUM ('HOME', 'WORK', 'POSTAL');

-- create table patient_addresses
-- Where a patient lives, works or gets letters.
CREATE TABLE "patient_addresses" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "kind" address_kind DEFAULT 'HOME' NOT NULL,
  "street" text NOT NULL,
  "postal_code" character varying(12) NOT NULL,
  "city" text NOT NULL,
  "country" character varying(2) DEFAULT 'AT' NOT NULL,
  "patient_id" uuid NOT NULL,
  CONSTRAINT "patient_addresses_pkey" PRIMARY KEY ("id")
);

-- describe table patient_addresses
COMMENT ON TABLE "patient_addresses" IS 'Where a patient lives, works or gets letters.';

-- foreign key of patient_addresses to patients
ALTER TABLE "patient_addresses" ADD CONSTRAINT "patient_addresses_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
