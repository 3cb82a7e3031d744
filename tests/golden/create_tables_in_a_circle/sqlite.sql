-- create_tables_in_a_circle: up, sqlite

-- create table countries
CREATE TABLE "countries" (
  "id" integer NOT NULL PRIMARY KEY,
  "capital_id" integer,
  FOREIGN KEY ("capital_id") REFERENCES "cities" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- unique index countries by capital_id
CREATE UNIQUE INDEX "countries_capital_id_key" ON "countries" ("capital_id");

-- create table cities
CREATE TABLE "cities" (
  "id" integer NOT NULL PRIMARY KEY,
  "country_id" integer NOT NULL,
  FOREIGN KEY ("country_id") REFERENCES "countries" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
