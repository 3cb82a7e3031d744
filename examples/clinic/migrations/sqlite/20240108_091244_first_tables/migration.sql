-- 20240108_091244: up, sqlite

-- create table clinics
-- One house of the chain.
--   code: The short name on letters and invoices: `VIE1`.
CREATE TABLE "clinics" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "code" text NOT NULL,
  "name" text NOT NULL,
  "opened_on" text NOT NULL
);

-- unique index clinics by code
CREATE UNIQUE INDEX "clinics_code_key" ON "clinics" ("code");

-- create table patients
-- Someone who is treated here.
--   card_number: The number on the patient's card, the same in all our houses.
CREATE TABLE "patients" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "card_number" integer NOT NULL,
  "given_name" text NOT NULL,
  "surname" text NOT NULL,
  "birth_date" text NOT NULL,
  "email" text,
  "street" text,
  "postal_code" text,
  "city" text,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "updated_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "clinic_id" text NOT NULL,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- unique index patients by card_number
CREATE UNIQUE INDEX "patients_card_number_key" ON "patients" ("card_number");

-- keep the updated-at column of patients
CREATE TRIGGER "patients_updated_at_trigger" AFTER UPDATE ON "patients" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "patients" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;

-- create table doctors
-- A doctor of one of our houses.
--   licence: The number that the medical association gave.
CREATE TABLE "doctors" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "licence" integer NOT NULL,
  "email" text NOT NULL,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "clinic_id" text NOT NULL,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- unique index doctors by licence
CREATE UNIQUE INDEX "doctors_licence_key" ON "doctors" ("licence");

-- unique index doctors by email
CREATE UNIQUE INDEX "doctors_email_key" ON "doctors" ("email");

-- create table rooms
--   floor: As it is written on the door: "2", "-1".
CREATE TABLE "rooms" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "floor" text NOT NULL DEFAULT '0',
  "clinic_id" text NOT NULL,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- create table appointments
--   reason: Why the patient comes, in the patient's words.
CREATE TABLE "appointments" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "starts_at" text NOT NULL,
  "minutes" integer NOT NULL DEFAULT 15,
  "status" text NOT NULL DEFAULT 'BOOKED',
  "reason" text,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  "doctor_id" text NOT NULL,
  "room_id" text,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("doctor_id") REFERENCES "doctors" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("room_id") REFERENCES "rooms" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CHECK (status IN ('BOOKED', 'CANCELED', 'DONE', 'TENTATIVE'))
);

-- index appointments by doctor_id, starts_at
CREATE INDEX "appointments_doctor_id_starts_at_idx" ON "appointments" ("doctor_id", "starts_at");

-- create table invoices
--   number: Counted up without gaps being filled: no number is ever given twice.
CREATE TABLE "invoices" (
  "number" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "issued_on" text NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  "state" text NOT NULL DEFAULT 'OPEN',
  "total" real NOT NULL DEFAULT 0.0,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CHECK (state IN ('OPEN', 'PAID', 'WRITTEN_OFF'))
);

-- create table invoice_lines
CREATE TABLE "invoice_lines" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "position" integer NOT NULL,
  "text" text NOT NULL,
  "amount" real NOT NULL,
  "invoice_number" integer NOT NULL,
  FOREIGN KEY ("invoice_number") REFERENCES "invoices" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- create table opening_hours
-- When a house is open; a day without a row is a day off.
CREATE TABLE "opening_hours" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "weekday" text NOT NULL,
  "opens_at" text NOT NULL DEFAULT '08:00',
  "closes_at" text NOT NULL DEFAULT '18:00',
  "clinic_id" text NOT NULL,
  CHECK (weekday IN ('FRI', 'MON', 'SAT', 'SUN', 'THU', 'TUE', 'WED'))
);

-- create table paper_files
-- A folder of paper in the cellar.
CREATE TABLE "paper_files" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "shelf" text NOT NULL,
  "label" text,
  "patient_id" text NOT NULL,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
