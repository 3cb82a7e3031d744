-- 20240902_101546: up, postgres

-- create table insurers
-- Who pays for those who are insured.
--   electronic_address: Where invoices are sent to, as the clearing house has it.
CREATE TABLE "insurers" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "name" text NOT NULL,
  "electronic_address" text,
  CONSTRAINT "insurers_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "insurers_name_key" UNIQUE ("name")
);

-- describe table insurers
COMMENT ON TABLE "insurers" IS 'Who pays for those who are insured.';

-- describe insurers.electronic_address
COMMENT ON COLUMN "insurers"."electronic_address" IS 'Where invoices are sent to, as the clearing house has it.';

-- create table insurance_policies
CREATE TABLE "insurance_policies" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "policy_number" text NOT NULL,
  "valid_from" date NOT NULL,
  "valid_until" date,
  "insurer_id" uuid NOT NULL,
  "patient_id" uuid NOT NULL,
  CONSTRAINT "insurance_policies_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "insurance_policies_insurer_id_policy_number_key" UNIQUE ("insurer_id", "policy_number"),
  CONSTRAINT "insurance_policies_insurer_id_fkey" FOREIGN KEY ("insurer_id") REFERENCES "insurers" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- index insurance_policies by valid_from
CREATE INDEX "insurance_policies_valid_from_idx" ON "insurance_policies" ("valid_from" DESC);

-- create table patient_contacts
-- Whom we call when something happens.
--   main: Called first; a patient has one such contact at most.
CREATE TABLE "patient_contacts" (
  "id" uuid DEFAULT gen_random_uuid() NOT NULL,
  "name" text NOT NULL,
  "phone" text NOT NULL,
  "relationship" text,
  "main" boolean DEFAULT false NOT NULL,
  "patient_id" uuid NOT NULL,
  CONSTRAINT "patient_contacts_pkey" PRIMARY KEY ("id")
);

-- unique index patient_contacts by patient_id
CREATE UNIQUE INDEX "patient_contacts_main_key" ON "patient_contacts" ("patient_id") WHERE main;

-- describe table patient_contacts
COMMENT ON TABLE "patient_contacts" IS 'Whom we call when something happens.';

-- describe patient_contacts.main
COMMENT ON COLUMN "patient_contacts"."main" IS 'Called first; a patient has one such contact at most.';

-- describe patients.email
COMMENT ON COLUMN "patients"."email" IS 'No two patients of one house share an address, however it is spelled.';

-- alter table invoices
--   + column invoices.policy_id: uuid null
ALTER TABLE "invoices" ADD COLUMN "policy_id" uuid;

-- foreign key of insurance_policies to patients
ALTER TABLE "insurance_policies" ADD CONSTRAINT "insurance_policies_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- foreign key of patient_contacts to patients
ALTER TABLE "patient_contacts" ADD CONSTRAINT "patient_contacts_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- foreign key of invoices to insurance_policies
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_policy_id_fkey" FOREIGN KEY ("policy_id") REFERENCES "insurance_policies" ("id") ON UPDATE CASCADE NOT VALID;

-- unique index patients by clinic_id
-- ! may fail on existing data: rows of `patients` may have the same `clinic_id`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "patients_email_in_clinic_key" ON "patients" ("clinic_id", (lower(email))) WHERE email IS NOT NULL;

-- index patients by family_name, birth_date
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "patients_family_name_birth_date_idx" ON "patients" ("family_name", "birth_date" DESC);

-- unique index rooms by clinic_id, name
-- ! may fail on existing data: rows of `rooms` may have the same `clinic_id, name`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "rooms_clinic_id_name_key" ON "rooms" ("clinic_id", "name");

-- index appointments by starts_at
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "appointments_to_come_idx" ON "appointments" ("starts_at") WHERE status = 'BOOKED';

-- index invoices by issued_on
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "invoices_open_idx" ON "invoices" ("issued_on") WHERE state = 'OPEN';

-- change keys of rooms
-- okra: new transaction
ALTER TABLE "rooms" ADD CONSTRAINT "rooms_clinic_id_name_key" UNIQUE USING INDEX "rooms_clinic_id_name_key";

-- see that insurance_policies has what invoices refers to
-- okra: new transaction
ALTER TABLE "invoices" VALIDATE CONSTRAINT "invoices_policy_id_fkey";
