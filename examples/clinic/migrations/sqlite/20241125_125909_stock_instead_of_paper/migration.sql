-- 20241125_125909: up, sqlite

-- drop table paper_files
-- ! loses data: drops table `paper_files` with all its rows
-- ! breaks code that runs against the old schema: code that uses `paper_files` fails
DROP TABLE "paper_files";

-- create table audit_entries
-- Who looked at what. Only ever added to, read by machines, so it has no key.
--   address: Where from; PostgreSQL has a type for it.
CREATE TABLE "audit_entries" (
  "at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "actor" text NOT NULL,
  "action" text NOT NULL,
  "model" text NOT NULL,
  "record_id" text NOT NULL,
  "address" text,
  "details" text,
  CHECK ("action" IN ('CREATE', 'DELETE', 'READ', 'UPDATE'))
);

-- index audit_entries by model, record_id
CREATE INDEX "audit_entries_model_record_id_idx" ON "audit_entries" ("model", "record_id");

-- create table suppliers
CREATE TABLE "suppliers" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "phone_number" text
);

-- unique index suppliers by name
CREATE UNIQUE INDEX "suppliers_name_key" ON "suppliers" ("name");

-- create table stock_items
-- Something that runs out: gloves, syringes, printer paper.
--   on_hand: How many are there; movements keep it up to date.
--   reorder_at: Ordered again below this.
CREATE TABLE "stock_items" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "name" text NOT NULL,
  "on_hand" integer NOT NULL DEFAULT 0,
  "reorder_at" integer NOT NULL DEFAULT 0,
  "tags" text NOT NULL DEFAULT '[]',
  "clinic_id" text NOT NULL,
  "supplier_id" text,
  FOREIGN KEY ("clinic_id") REFERENCES "clinics" ("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  FOREIGN KEY ("supplier_id") REFERENCES "suppliers" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- create table stock_movements
--   quantity: Negative when something was taken out.
--   moved_on: The day it happened on, wherever the server stands.
CREATE TABLE "stock_movements" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "quantity" integer NOT NULL,
  "moved_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  "moved_on" text NOT NULL DEFAULT (date('now', 'localtime')),
  "item_id" text NOT NULL,
  FOREIGN KEY ("item_id") REFERENCES "stock_items" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CHECK (quantity <> 0)
);

-- add column clinics.position
ALTER TABLE "clinics" ADD COLUMN "position" blob;

-- add column clinics.settings
ALTER TABLE "clinics" ADD COLUMN "settings" text NOT NULL DEFAULT '{"onlineBooking":true,"reminderHours":[24,2]}';
