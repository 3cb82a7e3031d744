-- 20240304_085502: up, sqlite

-- create table patient_addresses
-- Where a patient lives, works or gets letters.
CREATE TABLE "patient_addresses" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "kind" text NOT NULL DEFAULT 'HOME',
  "street" text NOT NULL,
  "postal_code" text NOT NULL,
  "city" text NOT NULL,
  "country" text NOT NULL DEFAULT 'AT',
  "patient_id" text NOT NULL,
  FOREIGN KEY ("patient_id") REFERENCES "patients" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CHECK (kind IN ('HOME', 'POSTAL', 'WORK'))
);
