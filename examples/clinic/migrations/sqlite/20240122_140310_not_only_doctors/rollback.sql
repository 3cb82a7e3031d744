-- 20240122_140310: down, sqlite

-- drop index practitioners_licence_key of practitioners
DROP INDEX "practitioners_licence_key";

-- drop index practitioners_email_key of practitioners
DROP INDEX "practitioners_email_key";

-- drop index appointments_practitioner_id_starts_at_idx of appointments
DROP INDEX "appointments_practitioner_id_starts_at_idx";

-- rename table practitioners to doctors
-- ! breaks code that runs against the old schema: code that uses the name `practitioners` fails
ALTER TABLE "practitioners" RENAME TO "doctors";

-- rename column patients.family_name to surname
-- ! breaks code that runs against the old schema: code that uses the name `patients.family_name` fails
ALTER TABLE "patients" RENAME COLUMN "family_name" TO "surname";

-- rename column appointments.practitioner_id to doctor_id
-- ! breaks code that runs against the old schema: code that uses the name `appointments.practitioner_id` fails
ALTER TABLE "appointments" RENAME COLUMN "practitioner_id" TO "doctor_id";

-- unique index doctors by licence
CREATE UNIQUE INDEX "doctors_licence_key" ON "doctors" ("licence");

-- unique index doctors by email
CREATE UNIQUE INDEX "doctors_email_key" ON "doctors" ("email");

-- index appointments by doctor_id, starts_at
CREATE INDEX "appointments_doctor_id_starts_at_idx" ON "appointments" ("doctor_id", "starts_at");
