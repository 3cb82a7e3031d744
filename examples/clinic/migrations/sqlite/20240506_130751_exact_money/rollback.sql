-- 20240506_130751: down, sqlite
-- what the migration took from rows does not come back:
--   text in `rooms.floor` that looks like a number becomes one: '007' becomes 7

-- rebuild invoices: make the new table
--   ~ column invoices.total: numeric → real, default 0 → 0.0
-- ! changes data: whole numbers in `invoices.total` keep 15 digits
-- ! rewrites the table: copies all rows of `invoices`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoices" (
  "number" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "issued_on" text NOT NULL DEFAULT (strftime('%Y-%m-%d', 'now')),
  "state" text NOT NULL DEFAULT 'OPEN',
  "total" real NOT NULL DEFAULT 0.0,
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

-- rebuild invoice_lines: make the new table
--   ~ column invoice_lines.amount: numeric → real
-- ! changes data: whole numbers in `invoice_lines.amount` keep 15 digits
-- ! rewrites the table: copies all rows of `invoice_lines`; nobody else can write meanwhile
CREATE TABLE "_okra_new_invoice_lines" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "position" integer NOT NULL,
  "text" text NOT NULL,
  "amount" real NOT NULL,
  "invoice_number" integer NOT NULL,
  FOREIGN KEY ("invoice_number") REFERENCES "invoices" ("number") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild invoice_lines: copy its rows
INSERT INTO "_okra_new_invoice_lines" (rowid, "id", "position", "text", "amount", "invoice_number")
  SELECT "invoice_lines".rowid, "invoice_lines"."id", "invoice_lines"."position", "invoice_lines"."text", "invoice_lines"."amount", "invoice_lines"."invoice_number" FROM "invoice_lines";

-- rebuild invoice_lines: drop the old table
DROP TABLE "invoice_lines";

-- rebuild invoice_lines: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild invoice_lines: put the new table in its place
ALTER TABLE "_okra_new_invoice_lines" RENAME TO "invoice_lines";

-- rebuild invoice_lines: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- rebuild practitioners: make the new table
--   ~ column practitioners.licence: text → integer
-- ! changes data: text in `practitioners.licence` that looks like a number becomes one: '007' becomes 7
-- ! may fail on existing data: values of `practitioners.licence` that were different may be equal now
-- ! rewrites the table: copies all rows of `practitioners`; nobody else can write meanwhile
CREATE TABLE "_okra_new_practitioners" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "licence" integer NOT NULL,
  "email" text NOT NULL,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "clinic_id" text NOT NULL,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- rebuild practitioners: copy its rows
INSERT INTO "_okra_new_practitioners" (rowid, "id", "name", "licence", "email", "created_at", "clinic_id")
  SELECT "practitioners".rowid, "practitioners"."id", "practitioners"."name", "practitioners"."licence", "practitioners"."email", "practitioners"."created_at", "practitioners"."clinic_id" FROM "practitioners";

-- rebuild practitioners: drop the old table
DROP TABLE "practitioners";

-- rebuild practitioners: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild practitioners: put the new table in its place
ALTER TABLE "_okra_new_practitioners" RENAME TO "practitioners";

-- rebuild practitioners: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index practitioners by licence
CREATE UNIQUE INDEX "practitioners_licence_key" ON "practitioners" ("licence");

-- unique index practitioners by email
CREATE UNIQUE INDEX "practitioners_email_key" ON "practitioners" ("email");

-- rebuild rooms: make the new table
--   ~ column rooms.floor: integer → text, default 0 → '0'
-- ! rewrites the table: copies all rows of `rooms`; nobody else can write meanwhile
CREATE TABLE "_okra_new_rooms" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "floor" text NOT NULL DEFAULT '0',
  "clinic_id" text NOT NULL,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- rebuild rooms: copy its rows
INSERT INTO "_okra_new_rooms" (rowid, "id", "name", "floor", "clinic_id")
  SELECT "rooms".rowid, "rooms"."id", "rooms"."name", "rooms"."floor", "rooms"."clinic_id" FROM "rooms";

-- rebuild rooms: drop the old table
DROP TABLE "rooms";

-- rebuild rooms: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild rooms: put the new table in its place
ALTER TABLE "_okra_new_rooms" RENAME TO "rooms";

-- rebuild rooms: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
