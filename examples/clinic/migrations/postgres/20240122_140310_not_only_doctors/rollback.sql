-- 20240122_140310: down, postgres

-- rename table practitioners to doctors
-- ! breaks code that runs against the old schema: code that uses the name `practitioners` fails
ALTER TABLE "practitioners" RENAME TO "doctors";

-- rename index practitioners_licence_key to doctors_licence_key
ALTER INDEX "practitioners_licence_key" RENAME TO "doctors_licence_key";

-- rename index practitioners_email_key to doctors_email_key
ALTER INDEX "practitioners_email_key" RENAME TO "doctors_email_key";

-- rename index practitioners_pkey to doctors_pkey
ALTER INDEX "practitioners_pkey" RENAME TO "doctors_pkey";

-- rename index appointments_practitioner_id_starts_at_idx to appointments_doctor_id_starts_at_idx
ALTER INDEX "appointments_practitioner_id_starts_at_idx" RENAME TO "appointments_doctor_id_starts_at_idx";

-- rename column patients.family_name to surname
-- ! breaks code that runs against the old schema: code that uses the name `patients.family_name` fails
ALTER TABLE "patients" RENAME COLUMN "family_name" TO "surname";

-- rename column appointments.practitioner_id to doctor_id
-- ! breaks code that runs against the old schema: code that uses the name `appointments.practitioner_id` fails
ALTER TABLE "appointments" RENAME COLUMN "practitioner_id" TO "doctor_id";

-- rename constraint practitioners_clinic_id_fkey of doctors to doctors_clinic_id_fkey
ALTER TABLE "doctors" RENAME CONSTRAINT "practitioners_clinic_id_fkey" TO "doctors_clinic_id_fkey";

-- rename constraint appointments_practitioner_id_fkey of appointments to appointments_doctor_id_fkey
ALTER TABLE "appointments" RENAME CONSTRAINT "appointments_practitioner_id_fkey" TO "appointments_doctor_id_fkey";

-- describe table doctors
COMMENT ON TABLE "doctors" IS 'A doctor of one of our houses.';
