-- 20241014_083120: up, sqlite

-- rebuild patients: make the new table
--   ~ column patients.family_name: collation none → NOCASE
--   + column patients.full_name: text not null as (given_name || ' ' || family_name)
--   + check patients (birth_date >= '1890-01-01')
-- ! may fail on existing data: `patients.full_name` is required: fails if it comes out as NULL for a row
-- ! may fail on existing data: rows of `patients` may not satisfy `birth_date >= '1890-01-01'`
-- ! rewrites the table: copies all rows of `patients`; nobody else can write meanwhile
CREATE TABLE "_okra_new_patients" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "card_number" integer NOT NULL,
  "given_name" text NOT NULL,
  "family_name" text NOT NULL COLLATE NOCASE,
  "full_name" text NOT NULL GENERATED ALWAYS AS (given_name || ' ' || family_name) STORED,
  "birth_date" text NOT NULL,
  "language" text NOT NULL DEFAULT 'en',
  "email" text,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "updated_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "clinic_id" text NOT NULL,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CHECK (birth_date >= '1890-01-01'),
  CHECK (language IN ('de', 'en', 'tr'))
);

-- rebuild patients: copy its rows
INSERT INTO "_okra_new_patients" (rowid, "id", "card_number", "given_name", "family_name", "birth_date", "language", "email", "created_at", "updated_at", "clinic_id")
  SELECT "patients".rowid, "patients"."id", "patients"."card_number", "patients"."given_name", "patients"."family_name", "patients"."birth_date", "patients"."language", "patients"."email", "patients"."created_at", "patients"."updated_at", "patients"."clinic_id" FROM "patients";

-- rebuild patients: drop the old table
DROP TABLE "patients";

-- rebuild patients: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild patients: put the new table in its place
ALTER TABLE "_okra_new_patients" RENAME TO "patients";

-- rebuild patients: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index patients by card_number
CREATE UNIQUE INDEX "patients_card_number_key" ON "patients" ("card_number");

-- unique index patients by clinic_id
CREATE UNIQUE INDEX "patients_email_in_clinic_key" ON "patients" ("clinic_id", lower(email)) WHERE email IS NOT NULL;

-- index patients by family_name, birth_date
CREATE INDEX "patients_family_name_birth_date_idx" ON "patients" ("family_name", "birth_date" DESC);

-- rebuild appointments: make the new table
--   + check appointments (minutes BETWEEN 5 AND 480)
-- ! may fail on existing data: rows of `appointments` may not satisfy `minutes BETWEEN 5 AND 480`
-- ! rewrites the table: copies all rows of `appointments`; nobody else can write meanwhile
CREATE TABLE "_okra_new_appointments" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "starts_at" text NOT NULL,
  "minutes" integer NOT NULL DEFAULT 15,
  "status" text NOT NULL DEFAULT 'BOOKED',
  "reason" text,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  "practitioner_id" text NOT NULL,
  "room_id" text,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("room_id") REFERENCES "rooms" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CHECK (minutes BETWEEN 5 AND 480),
  CHECK (status IN ('ARRIVED', 'BOOKED', 'CANCELLED', 'DONE', 'NO_SHOW'))
);

-- rebuild appointments: copy its rows
INSERT INTO "_okra_new_appointments" (rowid, "id", "starts_at", "minutes", "status", "reason", "created_at", "patient_id", "practitioner_id", "room_id")
  SELECT "appointments".rowid, "appointments"."id", "appointments"."starts_at", "appointments"."minutes", "appointments"."status", "appointments"."reason", "appointments"."created_at", "appointments"."patient_id", "appointments"."practitioner_id", "appointments"."room_id" FROM "appointments";

-- rebuild appointments: drop the old table
DROP TABLE "appointments";

-- rebuild appointments: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild appointments: put the new table in its place
ALTER TABLE "_okra_new_appointments" RENAME TO "appointments";

-- rebuild appointments: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index appointments by practitioner_id, starts_at
CREATE INDEX "appointments_practitioner_id_starts_at_idx" ON "appointments" ("practitioner_id", "starts_at");

-- index appointments by starts_at
CREATE INDEX "appointments_to_come_idx" ON "appointments" ("starts_at") WHERE status = 'BOOKED';

-- rebuild encounters: make the new table
--   + check encounters (ended_at IS NULL OR ended_at >= started_at)
-- ! may fail on existing data: rows of `encounters` may not satisfy `ended_at IS NULL OR ended_at >= started_at`
-- ! rewrites the table: copies all rows of `encounters`; nobody else can write meanwhile
CREATE TABLE "_okra_new_encounters" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "started_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "ended_at" text,
  "notes" text NOT NULL DEFAULT '',
  "updated_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  "practitioner_id" text NOT NULL,
  "appointment_id" text,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("appointment_id") REFERENCES "appointments" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CHECK (ended_at IS NULL OR ended_at >= started_at)
);

-- rebuild encounters: copy its rows
INSERT INTO "_okra_new_encounters" (rowid, "id", "started_at", "ended_at", "notes", "updated_at", "patient_id", "practitioner_id", "appointment_id")
  SELECT "encounters".rowid, "encounters"."id", "encounters"."started_at", "encounters"."ended_at", "encounters"."notes", "encounters"."updated_at", "encounters"."patient_id", "encounters"."practitioner_id", "encounters"."appointment_id" FROM "encounters";

-- rebuild encounters: drop the old table
DROP TABLE "encounters";

-- rebuild encounters: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild encounters: put the new table in its place
ALTER TABLE "_okra_new_encounters" RENAME TO "encounters";

-- rebuild encounters: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index encounters by appointment_id
CREATE UNIQUE INDEX "encounters_appointment_id_key" ON "encounters" ("appointment_id");

-- rebuild invoice_lines: make the new table
--   + column invoice_lines.quantity: integer not null default 1
--   + column invoice_lines.tax_percent: numeric not null default 20
--   + column invoice_lines.gross: numeric not null as (round(amount * (1 + tax_percent / 100.0), 2))
--   + check invoice_lines (quantity > 0)
-- ! may fail on existing data: `invoice_lines.gross` is required: fails if it comes out as NULL for a row
-- ! rewrites the table: copies all rows of `invoice_lines`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoice_lines" (
  "position" integer NOT NULL,
  "text" text NOT NULL,
  "quantity" integer NOT NULL DEFAULT 1,
  "amount" numeric NOT NULL,
  "tax_percent" numeric NOT NULL DEFAULT 20,
  "gross" numeric NOT NULL GENERATED ALWAYS AS (round(amount * (1 + tax_percent / 100.0), 2)) STORED,
  "invoice_number" integer NOT NULL,
  PRIMARY KEY ("invoice_number", "position"),
  FOREIGN KEY ("invoice_number") REFERENCES "invoices" ("number") ON DELETE CASCADE ON UPDATE CASCADE,
  CHECK (quantity > 0)
);

-- rebuild invoice_lines: copy its rows
INSERT INTO "_okra_new_invoice_lines" (rowid, "position", "text", "amount", "invoice_number")
  SELECT "invoice_lines".rowid, "invoice_lines"."position", "invoice_lines"."text", "invoice_lines"."amount", "invoice_lines"."invoice_number" FROM "invoice_lines";

-- rebuild invoice_lines: drop the old table
DROP TABLE "invoice_lines";

-- rebuild invoice_lines: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild invoice_lines: put the new table in its place
ALTER TABLE "_okra_new_invoice_lines" RENAME TO "invoice_lines";

-- rebuild invoice_lines: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild lab_tests: make the new table
--   + check lab_tests (lowest IS NULL OR highest IS NULL OR lowest <= highest)
-- ! may fail on existing data: rows of `lab_tests` may not satisfy `lowest IS NULL OR highest IS NULL OR lowest <= highest`
-- ! rewrites the table: copies all rows of `lab_tests`; nobody else can write meanwhile
CREATE TABLE "_okra_new_lab_tests" (
  "code" text NOT NULL PRIMARY KEY,
  "name" text NOT NULL,
  "unit" text,
  "lowest" real,
  "highest" real,
  CHECK (lowest IS NULL OR highest IS NULL OR lowest <= highest)
);

-- rebuild lab_tests: copy its rows
INSERT INTO "_okra_new_lab_tests" (rowid, "code", "name", "unit", "lowest", "highest")
  SELECT "lab_tests".rowid, "lab_tests"."code", "lab_tests"."name", "lab_tests"."unit", "lab_tests"."lowest", "lab_tests"."highest" FROM "lab_tests";

-- rebuild lab_tests: drop the old table
DROP TABLE "lab_tests";

-- rebuild lab_tests: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild lab_tests: put the new table in its place
ALTER TABLE "_okra_new_lab_tests" RENAME TO "lab_tests";

-- rebuild lab_tests: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild opening_hours: make the new table
--   + check opening_hours opening_hours_order_check (opens_at < closes_at)
-- ! may fail on existing data: rows of `opening_hours` may not satisfy `opens_at < closes_at`
-- ! rewrites the table: copies all rows of `opening_hours`; nobody else can write meanwhile
CREATE TABLE "_okra_new_opening_hours" (
  "weekday" text NOT NULL,
  "opens_at" text NOT NULL DEFAULT '08:00',
  "closes_at" text NOT NULL DEFAULT '18:00',
  "clinic_id" text NOT NULL,
  PRIMARY KEY ("clinic_id", "weekday"),
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "opening_hours_order_check" CHECK (opens_at < closes_at),
  CHECK (weekday IN ('FRI', 'MON', 'SAT', 'SUN', 'THU', 'TUE', 'WED'))
) WITHOUT ROWID;

-- rebuild opening_hours: copy its rows
INSERT INTO "_okra_new_opening_hours" ("weekday", "opens_at", "closes_at", "clinic_id")
  SELECT "opening_hours"."weekday", "opening_hours"."opens_at", "opening_hours"."closes_at", "opening_hours"."clinic_id" FROM "opening_hours";

-- rebuild opening_hours: drop the old table
DROP TABLE "opening_hours";

-- rebuild opening_hours: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild opening_hours: put the new table in its place
ALTER TABLE "_okra_new_opening_hours" RENAME TO "opening_hours";

-- rebuild opening_hours: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- keep the updated-at column of encounters
CREATE TRIGGER "encounters_updated_at_trigger" AFTER UPDATE ON "encounters" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "encounters" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;

-- keep the updated-at column of patients
CREATE TRIGGER "patients_updated_at_trigger" AFTER UPDATE ON "patients" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "patients" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
