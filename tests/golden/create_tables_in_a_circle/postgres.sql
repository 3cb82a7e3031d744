-- create_tables_in_a_circle: up, postgres

-- create table countries
CREATE TABLE "countries" (
  "id" integer NOT NULL,
  "capital_id" integer,
  CONSTRAINT "countries_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "countries_capital_id_key" UNIQUE ("capital_id")
);

-- create table cities
CREATE TABLE "cities" (
  "id" integer NOT NULL,
  "country_id" integer NOT NULL,
  CONSTRAINT "cities_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "cities_country_id_fkey" FOREIGN KEY ("country_id") REFERENCES "countries" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- foreign key of countries to cities
ALTER TABLE "countries" ADD CONSTRAINT "countries_capital_id_fkey" FOREIGN KEY ("capital_id") REFERENCES "cities" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
