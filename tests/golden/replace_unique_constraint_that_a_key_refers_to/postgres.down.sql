-- replace_unique_constraint_that_a_key_refers_to: down, postgres

-- unique index products by sku
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_one_sku" ON "products" ("sku");

-- drop the foreign key of items to products
-- okra: new transaction
ALTER TABLE "items" DROP CONSTRAINT "items_sku_fkey";

-- drop index one_sku of products
DROP INDEX "one_sku";

-- change keys of products
ALTER TABLE "products" ADD CONSTRAINT "one_sku" UNIQUE USING INDEX "_okra_new_one_sku";

-- foreign key of items to products
ALTER TABLE "items" ADD CONSTRAINT "items_sku_fkey" FOREIGN KEY ("sku") REFERENCES "products" ("sku") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- see that products has what items refers to
-- okra: new transaction
ALTER TABLE "items" VALIDATE CONSTRAINT "items_sku_fkey";
