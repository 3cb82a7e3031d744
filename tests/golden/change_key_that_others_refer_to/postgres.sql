-- change_key_that_others_refer_to: up, postgres

-- unique index countries by id
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "countries_id_key" ON "countries" ("id");

-- unique index countries by code
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_countries_pkey" ON "countries" ("code");

-- drop the foreign key of cities to countries
-- okra: new transaction
ALTER TABLE "cities" DROP CONSTRAINT "cities_country_id_fkey";

-- change keys of countries
ALTER TABLE "countries"
  DROP CONSTRAINT "countries_pkey",
  ADD CONSTRAINT "countries_id_key" UNIQUE USING INDEX "countries_id_key",
  ADD CONSTRAINT "countries_pkey" PRIMARY KEY USING INDEX "_okra_new_countries_pkey";

-- foreign key of cities to countries
ALTER TABLE "cities" ADD CONSTRAINT "cities_country_id_fkey" FOREIGN KEY ("country_id") REFERENCES "countries" ("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- see that countries has what cities refers to
-- okra: new transaction
ALTER TABLE "cities" VALIDATE CONSTRAINT "cities_country_id_fkey";

-- drop constraints of countries
-- okra: new transaction
ALTER TABLE "countries" DROP CONSTRAINT "countries_code_key";
