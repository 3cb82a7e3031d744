-- 20240219_104127: down, sqlite

-- drop table observations
-- ! loses data: drops table `observations` with all its rows
-- ! breaks code that runs against the old schema: code that uses `observations` fails
DROP TABLE "observations";

-- drop table diagnoses
-- ! loses data: drops table `diagnoses` with all its rows
-- ! breaks code that runs against the old schema: code that uses `diagnoses` fails
DROP TABLE "diagnoses";

-- drop table encounters
-- ! loses data: drops table `encounters` with all its rows
-- ! breaks code that runs against the old schema: code that uses `encounters` fails
DROP TABLE "encounters";

-- drop column clinics.timezone
-- ! loses data: drops column `clinics.timezone` with its values
-- ! breaks code that runs against the old schema: code that uses `clinics.timezone` fails
-- ! rewrites the table: writes all rows of `clinics` anew
ALTER TABLE "clinics" DROP COLUMN "timezone";

-- rebuild patients: make the new table
--   - check patients (language IN ('de', 'en', 'tr'))
--   - column patients.language
-- ! loses data: drops column `patients.language` with its values
-- ! breaks code that runs against the old schema: code that uses `patients.language` fails
-- ! rewrites the table: copies all rows of `patients`; nobody else can write meanwhile
CREATE TABLE "_okra_new_patients" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "card_number" integer NOT NULL,
  "given_name" text NOT NULL,
  "family_name" text NOT NULL,
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

-- rebuild patients: copy its rows
INSERT INTO "_okra_new_patients" (rowid, "id", "card_number", "given_name", "family_name", "birth_date", "email", "street", "postal_code", "city", "created_at", "updated_at", "clinic_id")
  SELECT "patients".rowid, "patients"."id", "patients"."card_number", "patients"."given_name", "patients"."family_name", "patients"."birth_date", "patients"."email", "patients"."street", "patients"."postal_code", "patients"."city", "patients"."created_at", "patients"."updated_at", "patients"."clinic_id" FROM "patients";

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

-- keep the updated-at column of patients
CREATE TRIGGER "patients_updated_at_trigger" AFTER UPDATE ON "patients" FOR EACH ROW
WHEN NEW."updated_at" IS OLD."updated_at" AND NEW."updated_at" IS NOT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
BEGIN
  UPDATE "patients" SET "updated_at" = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE "id" IS NEW."id";
END;
