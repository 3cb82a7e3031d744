-- Names that need quotes, long ones, keywords, and those of keys and indexes that nobody would guess.
CREATE TABLE "Order" (
  "Id" integer NOT NULL CONSTRAINT "the key" PRIMARY KEY,
  "group" text DEFAULT 'a' CONSTRAINT "nothing empty" CHECK ("group" <> ''),
  "select" integer CONSTRAINT "one of each" UNIQUE,
  "weird column" integer DEFAULT 1,
  "ünïcödé" text,
  "UPPER" boolean DEFAULT false,
  "with""quote" integer,
  "$dollar" integer,
  _leading integer,
  "1st" integer
);
CREATE INDEX "an Index" ON "Order" ("group", "weird column");
CREATE INDEX "Expression" ON "Order" (lower("group"), ("select" + "weird column"));
CREATE TABLE "user" (id integer PRIMARY KEY, "order" integer REFERENCES "Order" ("Id"), "Select" integer REFERENCES "Order" ("select"));
CREATE TABLE "table" ("table" integer PRIMARY KEY, "column" integer, "check" integer CHECK ("check" > 0));
CREATE TABLE abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk (
  abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk integer PRIMARY KEY
);
CREATE TABLE point_of_interest (point point, "time" time, "date" date, "interval" interval, "value" text, "name" name, "type" text);
CREATE TABLE with_spaces_in_constraints (a integer, b integer, CONSTRAINT "a and b, please" UNIQUE (a, b), CONSTRAINT "?" CHECK (a > b));
CREATE TYPE "Mixed Case" AS ENUM ('a', 'B', 'c d', '''', '"');
CREATE TABLE uses_mixed (a "Mixed Case" DEFAULT 'c d', b "Mixed Case"[], c "Mixed Case" NOT NULL DEFAULT 'a' CHECK (c <> 'B'));
CREATE TYPE level AS ENUM ('low', 'high');
CREATE TABLE "camelCase" ("firstName" text, "lastName" text, "isActive" boolean, "createdAt" timestamptz, id integer);
CREATE TABLE "PascalCase" (id integer PRIMARY KEY, "camelCaseId" integer);
CREATE TABLE pascal_case (id integer PRIMARY KEY);
CREATE TABLE status (id integer PRIMARY KEY, level level DEFAULT 'low');
