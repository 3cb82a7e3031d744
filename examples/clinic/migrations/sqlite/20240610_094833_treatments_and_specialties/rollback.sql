-- 20240610_094833: down, sqlite

-- drop table vaccinations
-- ! loses data: drops table `vaccinations` with all its rows
-- ! breaks code that runs against the old schema: code that uses `vaccinations` fails
DROP TABLE "vaccinations";

-- drop table room_equipment
-- ! loses data: drops table `room_equipment` with all its rows
-- ! breaks code that runs against the old schema: code that uses `room_equipment` fails
DROP TABLE "room_equipment";

-- drop table prescription_items
-- ! loses data: drops table `prescription_items` with all its rows
-- ! breaks code that runs against the old schema: code that uses `prescription_items` fails
DROP TABLE "prescription_items";

-- drop table prescriptions
-- ! loses data: drops table `prescriptions` with all its rows
-- ! breaks code that runs against the old schema: code that uses `prescriptions` fails
DROP TABLE "prescriptions";

-- drop table practitioner_specialties
-- ! loses data: drops table `practitioner_specialties` with all its rows
-- ! breaks code that runs against the old schema: code that uses `practitioner_specialties` fails
DROP TABLE "practitioner_specialties";

-- drop table specialties
-- ! loses data: drops table `specialties` with all its rows
-- ! breaks code that runs against the old schema: code that uses `specialties` fails
DROP TABLE "specialties";

-- drop table patient_allergies
-- ! loses data: drops table `patient_allergies` with all its rows
-- ! breaks code that runs against the old schema: code that uses `patient_allergies` fails
DROP TABLE "patient_allergies";

-- drop table medications
-- ! loses data: drops table `medications` with all its rows
-- ! breaks code that runs against the old schema: code that uses `medications` fails
DROP TABLE "medications";

-- drop table lab_results
-- ! loses data: drops table `lab_results` with all its rows
-- ! breaks code that runs against the old schema: code that uses `lab_results` fails
DROP TABLE "lab_results";

-- drop table lab_tests
-- ! loses data: drops table `lab_tests` with all its rows
-- ! breaks code that runs against the old schema: code that uses `lab_tests` fails
DROP TABLE "lab_tests";

-- drop table lab_orders
-- ! loses data: drops table `lab_orders` with all its rows
-- ! breaks code that runs against the old schema: code that uses `lab_orders` fails
DROP TABLE "lab_orders";

-- drop table equipment
-- ! loses data: drops table `equipment` with all its rows
-- ! breaks code that runs against the old schema: code that uses `equipment` fails
DROP TABLE "equipment";

-- drop table allergies
-- ! loses data: drops table `allergies` with all its rows
-- ! breaks code that runs against the old schema: code that uses `allergies` fails
DROP TABLE "allergies";

-- rebuild practitioners: make the new table
--   - foreign key practitioners (supervisor_id) → practitioners (id), on delete set null, on update cascade
--   - column practitioners.supervisor_id
-- ! loses data: drops column `practitioners.supervisor_id` with its values
-- ! breaks code that runs against the old schema: code that uses `practitioners.supervisor_id` fails
-- ! rewrites the table: copies all rows of `practitioners`; nobody else can write meanwhile
CREATE TABLE "_okra_new_practitioners" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "licence" text NOT NULL,
  "email" text NOT NULL,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "clinic_id" text NOT NULL,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- rebuild practitioners: copy its rows
INSERT INTO "_okra_new_practitioners" (rowid, "id", "name", "licence", "email", "created_at", "clinic_id")
  SELECT "practitioners".rowid, "practitioners"."id", "practitioners"."name", "practitioners"."licence", "practitioners"."email", "practitioners"."created_at", "practitioners"."clinic_id" FROM "practitioners";

-- rebuild practitioners: drop the old table
DROP TABLE "practitioners";

-- rebuild practitioners: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild practitioners: put the new table in its place
ALTER TABLE "_okra_new_practitioners" RENAME TO "practitioners";

-- rebuild practitioners: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index practitioners by licence
CREATE UNIQUE INDEX "practitioners_licence_key" ON "practitioners" ("licence");

-- unique index practitioners by email
CREATE UNIQUE INDEX "practitioners_email_key" ON "practitioners" ("email");
