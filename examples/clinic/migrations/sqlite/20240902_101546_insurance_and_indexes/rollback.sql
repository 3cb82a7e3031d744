-- 20240902_101546: down, sqlite

-- drop index patients_email_in_clinic_key of patients
DROP INDEX "patients_email_in_clinic_key";

-- drop index patients_family_name_birth_date_idx of patients
DROP INDEX "patients_family_name_birth_date_idx";

-- drop index rooms_clinic_id_name_key of rooms
DROP INDEX "rooms_clinic_id_name_key";

-- drop index appointments_to_come_idx of appointments
DROP INDEX "appointments_to_come_idx";

-- drop index invoices_open_idx of invoices
DROP INDEX "invoices_open_idx";

-- drop table patient_contacts
-- ! loses data: drops table `patient_contacts` with all its rows
-- ! breaks code that runs against the old schema: code that uses `patient_contacts` fails
DROP TABLE "patient_contacts";

-- drop table insurance_policies
-- ! loses data: drops table `insurance_policies` with all its rows
-- ! breaks code that runs against the old schema: code that uses `insurance_policies` fails
DROP TABLE "insurance_policies";

-- drop table insurers
-- ! loses data: drops table `insurers` with all its rows
-- ! breaks code that runs against the old schema: code that uses `insurers` fails
DROP TABLE "insurers";

-- rebuild invoices: make the new table
--   - foreign key invoices (policy_id) → insurance_policies (id), on delete no action, on update cascade
--   - index invoices_open_idx on invoices
--   - column invoices.policy_id
-- ! loses data: drops column `invoices.policy_id` with its values
-- ! breaks code that runs against the old schema: code that uses `invoices.policy_id` fails
-- ! rewrites the table: copies all rows of `invoices`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoices" (
  "number" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "issued_on" text NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  "state" text NOT NULL DEFAULT 'OPEN',
  "total" numeric NOT NULL DEFAULT 0,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CHECK (state IN ('OPEN', 'PAID', 'WRITTEN_OFF'))
);

-- rebuild invoices: keep its AUTOINCREMENT counter
INSERT INTO sqlite_sequence (name, seq) SELECT '_okra_new_invoices', seq FROM sqlite_sequence WHERE name = 'invoices';

-- rebuild invoices: copy its rows
INSERT INTO "_okra_new_invoices" ("number", "issued_on", "state", "total", "created_at", "patient_id")
  SELECT "invoices"."number", "invoices"."issued_on", "invoices"."state", "invoices"."total", "invoices"."created_at", "invoices"."patient_id" FROM "invoices";

-- rebuild invoices: drop the old table
DROP TABLE "invoices";

-- rebuild invoices: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild invoices: put the new table in its place
ALTER TABLE "_okra_new_invoices" RENAME TO "invoices";

-- rebuild invoices: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
