-- 20240715_152205: up, sqlite

-- create table employments
-- Who works where, and how many hours a week; some work in two houses.
CREATE TABLE "employments" (
  "hours_per_week" numeric NOT NULL,
  "since" text NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  "practitioner_id" text NOT NULL,
  "clinic_id" text NOT NULL,
  PRIMARY KEY ("practitioner_id", "clinic_id"),
  FOREIGN KEY ("practitioner_id") REFERENCES "practitioners" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- create table payments
-- Money that came in for one line of an invoice.
CREATE TABLE "payments" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "amount" numeric NOT NULL,
  "paid_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "invoice_number" integer NOT NULL,
  "line_position" integer NOT NULL,
  FOREIGN KEY ("invoice_number", "line_position") REFERENCES "invoice_lines" ("invoice_number", "position") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- rebuild invoice_lines: make the new table
--   - column invoice_lines.id
--   ~ primary key invoice_lines: (id) → (invoice_number, position)
-- ! loses data: drops column `invoice_lines.id` with its values
-- ! breaks code that runs against the old schema: code that uses `invoice_lines.id` fails
-- ! may fail on existing data: `invoice_lines` may have rows with equal `invoice_number, position`
-- ! rewrites the table: copies all rows of `invoice_lines`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoice_lines" (
  "position" integer NOT NULL,
  "text" text NOT NULL,
  "amount" numeric NOT NULL,
  "invoice_number" integer NOT NULL,
  PRIMARY KEY ("invoice_number", "position"),
  FOREIGN KEY ("invoice_number") REFERENCES "invoices" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild invoice_lines: copy its rows
INSERT INTO "_okra_new_invoice_lines" (rowid, "position", "text", "amount", "invoice_number")
  SELECT "invoice_lines".rowid, "invoice_lines"."position", "invoice_lines"."text", "invoice_lines"."amount", "invoice_lines"."invoice_number" FROM "invoice_lines";

-- rebuild invoice_lines: drop the old table
DROP TABLE "invoice_lines";

-- rebuild invoice_lines: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild invoice_lines: put the new table in its place
ALTER TABLE "_okra_new_invoice_lines" RENAME TO "invoice_lines";

-- rebuild invoice_lines: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild opening_hours: make the new table
--   - column opening_hours.id
--   ~ primary key opening_hours: (id) → (clinic_id, weekday)
--   + foreign key opening_hours (clinic_id) → clinics (id), on delete cascade, on update cascade
--   ~ table opening_hours: no options → without_rowid
-- ! loses data: drops column `opening_hours.id` with its values
-- ! breaks code that runs against the old schema: code that uses `opening_hours.id` fails
-- ! may fail on existing data: `opening_hours` may have rows with equal `clinic_id, weekday`
-- ! may fail on existing data: `opening_hours.clinic_id` may hold values that `clinics` does not have
-- ! rewrites the table: copies all rows of `opening_hours`; nobody else can write meanwhile
CREATE TABLE "_okra_new_opening_hours" (
  "weekday" text NOT NULL,
  "opens_at" text NOT NULL DEFAULT '08:00',
  "closes_at" text NOT NULL DEFAULT '18:00',
  "clinic_id" text NOT NULL,
  PRIMARY KEY ("clinic_id", "weekday"),
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CHECK (weekday IN ('FRI', 'MON', 'SAT', 'SUN', 'THU', 'TUE', 'WED'))
) WITHOUT ROWID;

-- rebuild opening_hours: copy its rows
INSERT INTO "_okra_new_opening_hours" ("weekday", "opens_at", "closes_at", "clinic_id")
  SELECT "opening_hours"."weekday", "opening_hours"."opens_at", "opening_hours"."closes_at", "opening_hours"."clinic_id" FROM "opening_hours";

-- rebuild opening_hours: drop the old table
DROP TABLE "opening_hours";

-- rebuild opening_hours: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild opening_hours: put the new table in its place
ALTER TABLE "_okra_new_opening_hours" RENAME TO "opening_hours";

-- rebuild opening_hours: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
