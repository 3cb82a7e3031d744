-- 20240610_094833: up, sqlite

-- create table allergies
CREATE TABLE "allergies" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "substance" text NOT NULL
);

-- unique index allergies by substance
CREATE UNIQUE INDEX "allergies_substance_key" ON "allergies" ("substance");

-- create table equipment
-- What stands in a room, or is carried from one to another.
--   uses: What it can be used for, in the words of the schedule.
CREATE TABLE "equipment" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "serial_number" text,
  "uses" text NOT NULL DEFAULT '[]'
);

-- unique index equipment by serial_number
CREATE UNIQUE INDEX "equipment_serial_number_key" ON "equipment" ("serial_number");

-- create table lab_orders
CREATE TABLE "lab_orders" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "status" text NOT NULL DEFAULT 'ORDERED',
  "urgent" integer NOT NULL DEFAULT 0,
  "ordered_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "encounter_id" text NOT NULL,
  FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CHECK (status IN ('COLLECTED', 'ORDERED', 'REPORTED'))
);

-- create table lab_tests
-- Something that the laboratory can find out.
--   code: A LOINC code: the key everywhere, so it is the key here.
CREATE TABLE "lab_tests" (
  "code" text NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "unit" text,
  "lowest" real,
  "highest" real
);

-- create table lab_results
--   raw: What the analyser sent, word for word.
CREATE TABLE "lab_results" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "value" real,
  "text" text,
  "raw" text,
  "reported_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "order_id" text NOT NULL,
  "test_code" text NOT NULL,
  FOREIGN KEY ("order_id") REFERENCES "lab_orders" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("test_code") REFERENCES "lab_tests" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- create table medications
-- A medicine as it is sold.
--   atc_code: The Anatomical Therapeutic Chemical code: `N02BE01`.
CREATE TABLE "medications" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "atc_code" text NOT NULL,
  "strength_milligrams" numeric,
  "controlled" integer NOT NULL DEFAULT 0
);

-- create table patient_allergies
CREATE TABLE "patient_allergies" (
  "allergy_id" text NOT NULL,
  "patient_id" text NOT NULL,
  PRIMARY KEY ("allergy_id", "patient_id"),
  FOREIGN KEY ("allergy_id") REFERENCES "allergies" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index patient_allergies by patient_id
CREATE INDEX "patient_allergies_patient_id_idx" ON "patient_allergies" ("patient_id");

-- create table specialties
-- Something that one can be a specialist in: cardiology, wound care.
CREATE TABLE "specialties" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL
);

-- unique index specialties by name
CREATE UNIQUE INDEX "specialties_name_key" ON "specialties" ("name");

-- create table practitioner_specialties
CREATE TABLE "practitioner_specialties" (
  "practitioner_id" text NOT NULL,
  "specialty_id" text NOT NULL,
  PRIMARY KEY ("practitioner_id", "specialty_id"),
  FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("specialty_id") REFERENCES "specialties" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index practitioner_specialties by specialty_id
CREATE INDEX "practitioner_specialties_specialty_id_idx" ON "practitioner_specialties" ("specialty_id");

-- create table prescriptions
--   signature: The doctor's signature, as the card reader made it.
CREATE TABLE "prescriptions" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "issued_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "valid_until" text,
  "signature" blob,
  "encounter_id" text NOT NULL,
  FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- create table prescription_items
--   position: Where it stands on the paper.
CREATE TABLE "prescription_items" (
  "position" integer NOT NULL,
  "dose" text NOT NULL,
  "days" integer,
  "prescription_id" text NOT NULL,
  "medication_id" text NOT NULL,
  PRIMARY KEY ("prescription_id", "position"),
  FOREIGN KEY ("prescription_id") REFERENCES "prescriptions" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("medication_id") REFERENCES "medications" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- create table room_equipment
CREATE TABLE "room_equipment" (
  "equipment_id" text NOT NULL,
  "room_id" text NOT NULL,
  PRIMARY KEY ("equipment_id", "room_id"),
  FOREIGN KEY ("equipment_id") REFERENCES "equipment" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("room_id") REFERENCES "rooms" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index room_equipment by room_id
CREATE INDEX "room_equipment_room_id_idx" ON "room_equipment" ("room_id");

-- create table vaccinations
CREATE TABLE "vaccinations" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "vaccine" text NOT NULL,
  "lot_number" text NOT NULL,
  "given_on" text NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  "patient_id" text NOT NULL,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- add column practitioners.supervisor_id
ALTER TABLE "practitioners" ADD COLUMN "supervisor_id" text REFERENCES "practitioners" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
