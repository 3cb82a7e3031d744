-- 20250113_090457: up, sqlite

-- rename table vaccinations to immunisations
-- ! breaks code that runs against the old schema: code that uses the name `vaccinations` fails
ALTER TABLE "vaccinations" RENAME TO "immunisations";

-- rename column invoices.state to status
-- ! breaks code that runs against the old schema: code that uses the name `invoices.state` fails
ALTER TABLE "invoices" RENAME COLUMN "state" TO "status";

-- rename column observations.taken_at to measured_at
-- ! breaks code that runs against the old schema: code that uses the name `observations.taken_at` fails
ALTER TABLE "observations" RENAME COLUMN "taken_at" TO "measured_at";

-- create table documents
-- A letter, a picture or a report that belongs to a visit.
--   size: How large it is, without reading it.
CREATE TABLE "documents" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "media_type" text NOT NULL DEFAULT 'application/pdf',
  "content" blob NOT NULL,
  "size" integer NOT NULL GENERATED ALWAYS AS (length(content)) STORED,
  "encounter_id" text NOT NULL,
  FOREIGN KEY ("encounter_id") REFERENCES "encounters" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild invoices: make the new table
--   - check invoices (status IN ('OPEN', 'PAID', 'WRITTEN_OFF'))
--   + check invoices (status IN ('OPEN', 'SETTLED', 'WRITTEN_OFF'))
--   > value invoices.status: 'PAID' → 'SETTLED'
-- ! breaks code that runs against the old schema: `invoices.status` holds 'SETTLED' in place of 'PAID'
-- ! rewrites the table: copies all rows of `invoices`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoices" (
  "number" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "issued_on" text NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  "status" text NOT NULL DEFAULT 'OPEN',
  "total" numeric NOT NULL DEFAULT 0,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  "policy_id" text,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("policy_id") REFERENCES "insurance_policies" ("id") ON UPDATE CASCADE,
  CHECK (status IN ('OPEN', 'SETTLED', 'WRITTEN_OFF'))
);

-- rebuild invoices: keep its AUTOINCREMENT counter
INSERT INTO sqlite_sequence (name, seq) SELECT '_okra_new_invoices', seq FROM sqlite_sequence WHERE name = 'invoices';

-- rebuild invoices: copy its rows
INSERT INTO "_okra_new_invoices" ("number", "issued_on", "status", "total", "created_at", "patient_id", "policy_id")
  SELECT "invoices"."number", "invoices"."issued_on", CASE "invoices"."status" WHEN 'PAID' THEN 'SETTLED' ELSE "invoices"."status" END, "invoices"."total", "invoices"."created_at", "invoices"."patient_id", "invoices"."policy_id" FROM "invoices";

-- rebuild invoices: drop the old table
DROP TABLE "invoices";

-- rebuild invoices: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild invoices: put the new table in its place
ALTER TABLE "_okra_new_invoices" RENAME TO "invoices";

-- rebuild invoices: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index invoices by issued_on
CREATE INDEX "invoices_open_idx" ON "invoices" ("issued_on") WHERE status = 'OPEN';
