-- replace_unique_constraint_that_a_key_refers_to: up, postgres

-- unique index products by sku
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "_okra_new_one_sku" ON "products" ("sku");

-- drop the foreign key of items to products
-- okra: new transaction
ALTER TABLE "items" DROP CONSTRAINT "items_sku_fkey";

-- change keys of products
ALTER TABLE "products" DROP CONSTRAINT "one_sku";

-- the new index takes the name one_sku
ALTER INDEX "_okra_new_one_sku" RENAME TO "one_sku";

-- foreign key of items to products
ALTER TABLE "items" ADD CONSTRAINT "items_sku_fkey" FOREIGN KEY ("sku") REFERENCES "products" ("sku") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- see that products has what items refers to
-- okra: new transaction
ALTER TABLE "items" VALIDATE CONSTRAINT "items_sku_fkey";
