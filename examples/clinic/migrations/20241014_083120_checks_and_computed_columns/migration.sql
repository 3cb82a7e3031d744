-- 20241014_083120: up, sqlite

-- rebuild appointments (+ check appointments appointments_minutes_check (minutes BETWEEN 5 AND 480))
-- ! may fail on existing data: rows of `appointments` may not satisfy `minutes BETWEEN 5 AND 480`
-- ! rewrites the table: copies all rows of `appointments`; nobody else can write meanwhile
CREATE TABLE "_okra_new_appointments" (
  "id" text NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "starts_at" text NOT NULL,
  "minutes" integer NOT NULL DEFAULT 15,
  "status" text NOT NULL DEFAULT 'BOOKED',
  "reason" text,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  "practitioner_id" text NOT NULL,
  "room_id" text,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("room_id") REFERENCES "rooms" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "appointments_minutes_check" CHECK (minutes BETWEEN 5 AND 480),
  CONSTRAINT "appointments_status_check" CHECK (status IN ('BOOKED', 'ARRIVED', 'DONE', 'CANCELLED', 'NO_SHOW'))
);

-- rebuild appointments: copy its rows
INSERT INTO "_okra_new_appointments" (rowid, "id", "starts_at", "minutes", "status", "reason", "created_at", "patient_id", "practitioner_id", "room_id")
  SELECT rowid, "id", "starts_at", "minutes", "status", "reason", "created_at", "patient_id", "practitioner_id", "room_id" FROM "appointments";

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

-- rebuild encounters (+ check encounters encounters_check (ended_at IS NULL OR ended_at >= started_at))
-- ! may fail on existing data: rows of `encounters` may not satisfy `ended_at IS NULL OR ended_at >= started_at`
-- ! rewrites the table: copies all rows of `encounters`; nobody else can write meanwhile
CREATE TABLE "_okra_new_encounters" (
  "id" text NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "started_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "ended_at" text,
  "notes" text NOT NULL DEFAULT '',
  "updated_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  "practitioner_id" text NOT NULL,
  "appointment_id" text,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("appointment_id") REFERENCES "appointments" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "encounters_check" CHECK (ended_at IS NULL OR ended_at >= started_at)
);

-- rebuild encounters: copy its rows
INSERT INTO "_okra_new_encounters" (rowid, "id", "started_at", "ended_at", "notes", "updated_at", "patient_id", "practitioner_id", "appointment_id")
  SELECT rowid, "id", "started_at", "ended_at", "notes", "updated_at", "patient_id", "practitioner_id", "appointment_id" FROM "encounters";

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

-- rebuild invoice_lines (+ column invoice_lines.quantity: integer not null default 1; + column invoice_lines.tax_percent: numeric not null default 20; + column invoice_lines.gross: numeric not null as (round(amount * (1 + tax_percent / 100.0), 2)); + check invoice_lines invoice_lines_quantity_check (quantity > 0))
-- ! may fail on existing data: rows of `invoice_lines` may not satisfy `quantity > 0`
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
  CONSTRAINT "invoice_lines_quantity_check" CHECK (quantity > 0)
);

-- rebuild invoice_lines: copy its rows
INSERT INTO "_okra_new_invoice_lines" (rowid, "position", "text", "amount", "invoice_number")
  SELECT rowid, "position", "text", "amount", "invoice_number" FROM "invoice_lines";

-- rebuild invoice_lines: drop the old table
DROP TABLE "invoice_lines";

-- rebuild invoice_lines: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild invoice_lines: put the new table in its place
ALTER TABLE "_okra_new_invoice_lines" RENAME TO "invoice_lines";

-- rebuild invoice_lines: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild lab_tests (+ check lab_tests lab_tests_highest_check (lowest IS NULL OR highest IS NULL OR lowest <= highest))
-- ! may fail on existing data: rows of `lab_tests` may not satisfy `lowest IS NULL OR highest IS NULL OR lowest <= highest`
-- ! rewrites the table: copies all rows of `lab_tests`; nobody else can write meanwhile
CREATE TABLE "_okra_new_lab_tests" (
  "code" text NOT NULL,
  "name" text NOT NULL,
  "unit" text,
  "lowest" real,
  "highest" real,
  PRIMARY KEY ("code"),
  CONSTRAINT "lab_tests_highest_check" CHECK (lowest IS NULL OR highest IS NULL OR lowest <= highest)
);

-- rebuild lab_tests: copy its rows
INSERT INTO "_okra_new_lab_tests" (rowid, "code", "name", "unit", "lowest", "highest")
  SELECT rowid, "code", "name", "unit", "lowest", "highest" FROM "lab_tests";

-- rebuild lab_tests: drop the old table
DROP TABLE "lab_tests";

-- rebuild lab_tests: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild lab_tests: put the new table in its place
ALTER TABLE "_okra_new_lab_tests" RENAME TO "lab_tests";

-- rebuild lab_tests: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild opening_hours (+ check opening_hours opening_hours_order_check (opens_at < closes_at))
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
  CONSTRAINT "opening_hours_weekday_check" CHECK (weekday IN ('MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'))
) WITHOUT ROWID;

-- rebuild opening_hours: copy its rows
INSERT INTO "_okra_new_opening_hours" ("weekday", "opens_at", "closes_at", "clinic_id")
  SELECT "weekday", "opens_at", "closes_at", "clinic_id" FROM "opening_hours";

-- rebuild opening_hours: drop the old table
DROP TABLE "opening_hours";

-- rebuild opening_hours: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild opening_hours: put the new table in its place
ALTER TABLE "_okra_new_opening_hours" RENAME TO "opening_hours";

-- rebuild opening_hours: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild patients (~ column patients.family_name: collation none → NOCASE; + column patients.full_name: text not null as (given_name || ' ' || family_name); + check patients patients_birth_date_check (birth_date >= '1890-01-01'))
-- ! may fail on existing data: rows of `patients` may not satisfy `birth_date >= '1890-01-01'`
-- ! rewrites the table: copies all rows of `patients`; nobody else can write meanwhile
CREATE TABLE "_okra_new_patients" (
  "id" text NOT NULL DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "card_number" integer NOT NULL,
  "given_name" text NOT NULL,
  "family_name" text NOT NULL COLLATE NOCASE,
  "full_name" text NOT NULL GENERATED ALWAYS AS (given_name || ' ' || family_name) VIRTUAL,
  "birth_date" text NOT NULL,
  "language" text NOT NULL DEFAULT 'en',
  "email" text,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "updated_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "clinic_id" text NOT NULL,
  PRIMARY KEY ("id"),
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "patients_birth_date_check" CHECK (birth_date >= '1890-01-01'),
  CONSTRAINT "patients_language_check" CHECK (language IN ('en', 'de', 'tr'))
);

-- rebuild patients: copy its rows
INSERT INTO "_okra_new_patients" (rowid, "id", "card_number", "given_name", "family_name", "birth_date", "language", "email", "created_at", "updated_at", "clinic_id")
  SELECT rowid, "id", "card_number", "given_name", "family_name", "birth_date", "language", "email", "created_at", "updated_at", "clinic_id" FROM "patients";

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
CREATE UNIQUE INDEX "patients_email_in_clinic_key" ON "patients" ("clinic_id", (lower(email))) WHERE email IS NOT NULL;

-- index patients by family_name, birth_date
CREATE INDEX "patients_family_name_birth_date_idx" ON "patients" ("family_name", "birth_date" DESC);

-- keep encounters's updated-at column
CREATE TRIGGER "encounters_updated_at_trigger" AFTER UPDATE ON "encounters" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "encounters" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;

-- keep patients's updated-at column
CREATE TRIGGER "patients_updated_at_trigger" AFTER UPDATE ON "patients" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "patients" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
