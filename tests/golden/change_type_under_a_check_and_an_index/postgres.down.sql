-- change_type_under_a_check_and_an_index: down, postgres

-- drop index heavy of products
DROP INDEX "heavy";

-- drop constraints of products
ALTER TABLE "products" DROP CONSTRAINT "products_weight_check";

-- alter table products
--   ~ column products.weight: bigint → integer
-- ! may fail on existing data: `products.weight` may hold numbers too large for `integer`
-- ! rewrites the table: writes all rows of `products` anew; nobody else can use it meanwhile
ALTER TABLE "products"
  DROP COLUMN "half",
  ALTER COLUMN "weight" DROP DEFAULT,
  ALTER COLUMN "weight" TYPE integer,
  ALTER COLUMN "weight" SET DEFAULT 1,
  ADD COLUMN "half" integer GENERATED ALWAYS AS (weight / 2) STORED,
  ADD CONSTRAINT "products_weight_check" CHECK (weight > 0) NOT VALID;

-- unique index products by weight, id
-- ! blocks writes or reads: nobody else can write to `products` while its index is built
CREATE UNIQUE INDEX "heavy" ON "products" ("weight", "id") WHERE weight > 100;

-- see that all rows of products satisfy products_weight_check
-- okra: new transaction
ALTER TABLE "products" VALIDATE CONSTRAINT "products_weight_check";
