-- 20240122_140310: up, postgres

-- rename table doctors to practitioners
-- ! breaks code that runs against the old schema: code that uses the name `doctors` fails
ALTER TABLE "doctors" RENAME TO "practitioners";

-- rename index doctors_licence_key to practitioners_licence_key
ALTER INDEX "doctors_licence_key" RENAME TO "practitioners_licence_key";

-- rename index doctors_email_key to practitioners_email_key
ALTER INDEX "doctors_email_key" RENAME TO "practitioners_email_key";

-- rename index doctors_pkey to practitioners_pkey
ALTER INDEX "doctors_pkey" RENAME TO "practitioners_pkey";

-- rename index appointments_doctor_id_starts_at_idx to appointments_practitioner_id_starts_at_idx
ALTER INDEX "appointments_doctor_id_starts_at_idx" RENAME TO "appointments_practitioner_id_starts_at_idx";

-- rename column patients.surname to family_name
-- ! breaks code that runs against the old schema: code that uses the name `patients.surname` fails
ALTER TABLE "patients" RENAME COLUMN "surname" TO "family_name";

-- rename column appointments.doctor_id to practitioner_id
-- ! breaks code that runs against the old schema: code that uses the name `appointments.doctor_id` fails
ALTER TABLE "appointments" RENAME COLUMN "doctor_id" TO "practitioner_id";

-- rename constraint doctors_clinic_id_fkey of practitioners to practitioners_clinic_id_fkey
ALTER TABLE "practitioners" RENAME CONSTRAINT "doctors_clinic_id_fkey" TO "practitioners_clinic_id_fkey";

-- rename constraint appointments_doctor_id_fkey of appointments to appointments_practitioner_id_fkey
ALTER TABLE "appointments" RENAME CONSTRAINT "appointments_doctor_id_fkey" TO "appointments_practitioner_id_fkey";

-- describe table practitioners
COMMENT ON TABLE "practitioners" IS 'A doctor, nurse or therapist of one of our houses.';
