-- 20240715_152205: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `invoice_lines.id` with its values
--   drops column `opening_hours.id` with its values

-- drop table payments
-- ! loses data: drops table `payments` with all its rows
-- ! breaks code that runs against the old schema: code that uses `payments` fails
DROP TABLE "payments";

-- drop table employments
-- ! loses data: drops table `employments` with all its rows
-- ! breaks code that runs against the old schema: code that uses `employments` fails
DROP TABLE "employments";

-- rebuild invoice_lines: make the new table
--   ~ primary key invoice_lines: (invoice_number, position) → (id)
--   + column invoice_lines.id: text not null default lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(ran…
-- ! may fail on existing data: `invoice_lines` may have rows with equal `id`
-- ! rewrites the table: copies all rows of `invoice_lines`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoice_lines" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "position" integer NOT NULL,
  "text" text NOT NULL,
  "amount" numeric NOT NULL,
  "invoice_number" integer NOT NULL,
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
--   - foreign key opening_hours (clinic_id) → clinics (id), on delete cascade, on update cascade
--   ~ primary key opening_hours: (clinic_id, weekday) → (id)
--   + column opening_hours.id: text not null default lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(ran…
--   ~ table opening_hours: without_rowid → no options
-- ! may fail on existing data: `opening_hours` may have rows with equal `id`
-- ! rewrites the table: copies all rows of `opening_hours`; nobody else can write meanwhile
CREATE TABLE "_okra_new_opening_hours" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "weekday" text NOT NULL,
  "opens_at" text NOT NULL DEFAULT '08:00',
  "closes_at" text NOT NULL DEFAULT '18:00',
  "clinic_id" text NOT NULL,
  CHECK (weekday IN ('FRI', 'MON', 'SAT', 'SUN', 'THU', 'TUE', 'WED'))
);

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
