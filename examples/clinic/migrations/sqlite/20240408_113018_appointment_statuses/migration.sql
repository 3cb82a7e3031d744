-- 20240408_113018: up, sqlite

-- rebuild appointments: make the new table
--   - check appointments (status IN ('BOOKED', 'CANCELED', 'DONE', 'TENTATIVE'))
--   + check appointments (status IN ('ARRIVED', 'BOOKED', 'CANCELLED', 'DONE', 'NO_SHOW'))
--   > value appointments.status: 'CANCELED' → 'CANCELLED'
-- ! may fail on existing data: rows of `appointments` may not satisfy `status IN ('ARRIVED', 'BOOKED', 'CANCELLED', 'DONE', 'NO_SHOW')`
-- ! breaks code that runs against the old schema: `appointments.status` holds 'CANCELLED' in place of 'CANCELED'
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
  CHECK (status IN ('ARRIVED', 'BOOKED', 'CANCELLED', 'DONE', 'NO_SHOW'))
);

-- rebuild appointments: copy its rows
INSERT INTO "_okra_new_appointments" (rowid, "id", "starts_at", "minutes", "status", "reason", "created_at", "patient_id", "practitioner_id", "room_id")
  SELECT "appointments".rowid, "appointments"."id", "appointments"."starts_at", "appointments"."minutes", CASE "appointments"."status" WHEN 'CANCELED' THEN 'CANCELLED' ELSE "appointments"."status" END, "appointments"."reason", "appointments"."created_at", "appointments"."patient_id", "appointments"."practitioner_id", "appointments"."room_id" FROM "appointments";

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
