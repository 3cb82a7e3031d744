-- 20240902_101546: up, sqlite

-- create table insurers
-- Who pays for those who are insured.
--   electronic_address: Where invoices are sent to, as the clearing house has it.
CREATE TABLE "insurers" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "electronic_address" text
);

-- unique index insurers by name
CREATE UNIQUE INDEX "insurers_name_key" ON "insurers" ("name" COLLATE NOCASE);

-- create table insurance_policies
CREATE TABLE "insurance_policies" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "policy_number" text NOT NULL,
  "valid_from" text NOT NULL,
  "valid_until" text,
  "insurer_id" text NOT NULL,
  "patient_id" text NOT NULL,
  FOREIGN KEY ("insurer_id") REFERENCES "insurers" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- unique index insurance_policies by insurer_id, policy_number
CREATE UNIQUE INDEX "insurance_policies_insurer_id_policy_number_key" ON "insurance_policies" ("insurer_id", "policy_number");

-- index insurance_policies by valid_from
CREATE INDEX "insurance_policies_valid_from_idx" ON "insurance_policies" ("valid_from" DESC);

-- create table patient_contacts
-- Whom we call when something happens.
--   main: Called first; a patient has one such contact at most.
CREATE TABLE "patient_contacts" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "phone" text NOT NULL,
  "relationship" text,
  "main" integer NOT NULL DEFAULT 0,
  "patient_id" text NOT NULL,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- unique index patient_contacts by patient_id
CREATE UNIQUE INDEX "patient_contacts_main_key" ON "patient_contacts" ("patient_id") WHERE main = 1;

-- unique index patients by clinic_id
-- ! may fail on existing data: `patients` may have rows with equal `clinic_id`: index `patients_email_in_clinic_key`
CREATE UNIQUE INDEX "patients_email_in_clinic_key" ON "patients" ("clinic_id", lower(email)) WHERE email IS NOT NULL;

-- index patients by family_name, birth_date
CREATE INDEX "patients_family_name_birth_date_idx" ON "patients" ("family_name", "birth_date" DESC);

-- unique index rooms by clinic_id, name
-- ! may fail on existing data: `rooms` may have rows with equal `clinic_id, name`: index `rooms_clinic_id_name_key`
CREATE UNIQUE INDEX "rooms_clinic_id_name_key" ON "rooms" ("clinic_id", "name");

-- index appointments by starts_at
CREATE INDEX "appointments_to_come_idx" ON "appointments" ("starts_at") WHERE status = 'BOOKED';

-- add column invoices.policy_id
ALTER TABLE "invoices" ADD COLUMN "policy_id" text REFERENCES "insurance_policies" ("id") ON UPDATE CASCADE;

-- index invoices by issued_on
CREATE INDEX "invoices_open_idx" ON "invoices" ("issued_on") WHERE state = 'OPEN';
