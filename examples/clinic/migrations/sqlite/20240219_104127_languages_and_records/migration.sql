-- 20240219_104127: up, sqlite

-- create table encounters
-- One visit, as it went.
CREATE TABLE "encounters" (
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
  FOREIGN KEY ("appointment_id") REFERENCES "appointments" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- unique index encounters by appointment_id
CREATE UNIQUE INDEX "encounters_appointment_id_key" ON "encounters" ("appointment_id");

-- keep the updated-at column of encounters
CREATE TRIGGER "encounters_updated_at_trigger" AFTER UPDATE ON "encounters" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "encounters" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;

-- create table diagnoses
-- What was found, as an ICD-10 code.
CREATE TABLE "diagnoses" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "code" text NOT NULL,
  "note" text,
  "encounter_id" text NOT NULL,
  FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- index diagnoses by code
CREATE INDEX "diagnoses_code_idx" ON "diagnoses" ("code");

-- create table observations
-- What was measured: pulse, weight, temperature.
--   code: What is measured, as a LOINC code.
CREATE TABLE "observations" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "code" text NOT NULL,
  "value" real NOT NULL,
  "unit" text NOT NULL,
  "taken_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "encounter_id" text NOT NULL,
  FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE CASCADE ON UPDATE CASCADE
) STRICT;

-- rebuild clinics: make the new table
--   + column clinics.timezone: text not null, rows get 'Europe/Vienna'
-- ! breaks code that runs against the old schema: code that inserts into `clinics` without `timezone` fails
-- ! rewrites the table: copies all rows of `clinics`; nobody else can write meanwhile
CREATE TABLE "_okra_new_clinics" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "code" text NOT NULL,
  "name" text NOT NULL,
  "timezone" text NOT NULL,
  "opened_on" text NOT NULL
);

-- rebuild clinics: copy its rows
INSERT INTO "_okra_new_clinics" (rowid, "id", "code", "name", "timezone", "opened_on")
  SELECT "clinics".rowid, "clinics"."id", "clinics"."code", "clinics"."name", 'Europe/Vienna', "clinics"."opened_on" FROM "clinics";

-- rebuild clinics: drop the old table
DROP TABLE "clinics";

-- rebuild clinics: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild clinics: put the new table in its place
ALTER TABLE "_okra_new_clinics" RENAME TO "clinics";

-- rebuild clinics: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index clinics by code
CREATE UNIQUE INDEX "clinics_code_key" ON "clinics" ("code");

-- add column patients.language
ALTER TABLE "patients" ADD COLUMN "language" text NOT NULL DEFAULT 'en' CHECK (language IN ('de', 'en', 'tr'));
