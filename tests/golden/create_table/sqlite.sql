-- create_table: up, sqlite

-- create table users
-- People who may log in.
--   email: Lower case, always.
CREATE TABLE "users" (
  "id" text NOT NULL PRIMARY KEY DEFAULT (lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89ab', (random() & 3) + 1, 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))),
  "email" text NOT NULL,
  "name" text,
  "age" integer,
  "active" integer NOT NULL DEFAULT 1,
  "created_at" text NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  CHECK (age >= 0)
);

-- unique index users by email
CREATE UNIQUE INDEX "users_email_key" ON "users" ("email");
