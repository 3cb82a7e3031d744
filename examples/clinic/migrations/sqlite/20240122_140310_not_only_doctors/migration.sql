-- 20240122_140310: up, sqlite

-- drop index doctors_licence_key of doctors
DROP INDEX "doctors_licence_key";

-- drop index doctors_email_key of doctors
DROP INDEX "doctors_email_key";

-- drop index appointments_doctor_id_starts_at_idx of appointments
DROP INDEX "appointments_doctor_id_starts_at_idx";

-- rename table doctors to practitioners
-- ! breaks code that runs against the old schema: code that uses the name `doctors` fails
ALTER TABLE "doctors" RENAME TO "practitioners";

-- rename column patients.surname to family_name
-- ! breaks code that runs against the old schema: code that uses the name `patients.surname` fails
ALTER TABLE "patients" RENAME COLUMN "surname" TO "family_name";

-- rename column appointments.doctor_id to practitioner_id
-- ! breaks code that runs against the old schema: code that uses the name `appointments.doctor_id` fails
ALTER TABLE "appointments" RENAME COLUMN "doctor_id" TO "practitioner_id";

-- unique index practitioners by licence
CREATE UNIQUE INDEX "practitioners_licence_key" ON "practitioners" ("licence");

-- unique index practitioners by email
CREATE UNIQUE INDEX "practitioners_email_key" ON "practitioners" ("email");

-- index appointments by practitioner_id, starts_at
CREATE INDEX "appointments_practitioner_id_starts_at_idx" ON "appointments" ("practitioner_id", "starts_at");
