-- 20250113_090457: down, sqlite

-- drop table documents
-- ! loses data: drops table `documents` with all its rows
-- ! breaks code that runs against the old schema: code that uses `documents` fails
DROP TABLE "documents";

-- rename table immunisations to vaccinations
-- ! breaks code that runs against the old schema: code that uses the name `immunisations` fails
ALTER TABLE "immunisations" RENAME TO "vaccinations";

-- rename column invoices.status to state
-- ! breaks code that runs against the old schema: code that uses the name `invoices.status` fails
ALTER TABLE "invoices" RENAME COLUMN "status" TO "state";

-- rename column observations.measured_at to taken_at
-- ! breaks code that runs against the old schema: code that uses the name `observations.measured_at` fails
ALTER TABLE "observations" RENAME COLUMN "measured_at" TO "taken_at";

-- rebuild invoices: make the new table
--   - check invoices (state IN ('OPEN', 'SETTLED', 'WRITTEN_OFF'))
--   + check invoices (state IN ('OPEN', 'PAID', 'WRITTEN_OFF'))
--   > value invoices.state: 'SETTLED' → 'PAID'
-- ! breaks code that runs against the old schema: `invoices.state` holds 'PAID' in place of 'SETTLED'
-- ! rewrites the table: copies all rows of `invoices`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoices" (
  "number" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "issued_on" text NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  "state" text NOT NULL DEFAULT 'OPEN',
  "total" numeric NOT NULL DEFAULT 0,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "patient_id" text NOT NULL,
  "policy_id" text,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("policy_id") REFERENCES "insurance_policies" ("id") ON UPDATE CASCADE,
  CHECK (state IN ('OPEN', 'PAID', 'WRITTEN_OFF'))
);

-- rebuild invoices: keep its AUTOINCREMENT counter
INSERT INTO sqlite_sequence (name, seq) SELECT '_okra_new_invoices', seq FROM sqlite_sequence WHERE name = 'invoices';

-- rebuild invoices: copy its rows
INSERT INTO "_okra_new_invoices" ("number", "issued_on", "state", "total", "created_at", "patient_id", "policy_id")
  SELECT "invoices"."number", "invoices"."issued_on", CASE "invoices"."state" WHEN 'SETTLED' THEN 'PAID' ELSE "invoices"."state" END, "invoices"."total", "invoices"."created_at", "invoices"."patient_id", "invoices"."policy_id" FROM "invoices";

-- rebuild invoices: drop the old table
DROP TABLE "invoices";

-- rebuild invoices: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild invoices: put the new table in its place
ALTER TABLE "_okra_new_invoices" RENAME TO "invoices";

-- rebuild invoices: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- index invoices by issued_on
CREATE INDEX "invoices_open_idx" ON "invoices" ("issued_on") WHERE state = 'OPEN';
