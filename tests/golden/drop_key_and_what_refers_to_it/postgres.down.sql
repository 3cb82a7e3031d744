-- drop_key_and_what_refers_to_it: down, postgres
-- what the migration took from rows does not come back:
--   drops column `orders.shop_code` with its values
--   drops column `shops.code` with its values

-- alter table shops
--   + column shops.code: text not null, rows get gen_random_uuid()::text
-- ! breaks code that runs against the old schema: code that inserts into `shops` without `code` fails
-- ! rewrites the table: writes all rows of `shops` anew; nobody else can use it meanwhile
ALTER TABLE "shops" ADD COLUMN "code" text DEFAULT gen_random_uuid()::text NOT NULL;

-- new rows of shops get no such code by themselves
ALTER TABLE "shops" ALTER COLUMN "code" DROP DEFAULT;

-- alter table orders
--   + column orders.shop_code: text not null, rows get (SELECT "shops"."code" FROM "shops" ORDER BY "shops"."code" LIMIT 1)
-- ! breaks code that runs against the old schema: code that inserts into `orders` without `shop_code` fails
ALTER TABLE "orders"
  ADD COLUMN "shop_code" text,
  ADD CONSTRAINT "_okra_required_shop_code" CHECK ("shop_code" IS NOT NULL) NOT VALID;

-- give rows of orders without shop_code a value
-- ! may fail on existing data: `shops` may not have what rows of `orders` get
-- ! blocks writes or reads: writes to rows of `orders` wait while those get their values
-- okra: new transaction
UPDATE "orders" SET "shop_code" = (SELECT "shops"."code" FROM "shops" ORDER BY "shops"."code" LIMIT 1) WHERE "shop_code" IS NULL;

-- see that all rows of orders have shop_code
-- ! may fail on existing data: `orders.shop_code` becomes required: fails if there is no row to refer to
-- okra: new transaction
ALTER TABLE "orders" VALIDATE CONSTRAINT "_okra_required_shop_code";

-- require shop_code of orders
-- okra: new transaction
ALTER TABLE "orders" ALTER COLUMN "shop_code" SET NOT NULL;

-- shop_code of orders needs no check any more
ALTER TABLE "orders" DROP CONSTRAINT "_okra_required_shop_code";

-- unique index shops by code
-- ! may fail on existing data: rows of `shops` may have the same `code`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "shops_code_key" ON "shops" ("code");

-- change keys of shops
-- okra: new transaction
ALTER TABLE "shops" ADD CONSTRAINT "shops_code_key" UNIQUE USING INDEX "shops_code_key";

-- foreign key of orders to shops
-- okra: new transaction
ALTER TABLE "orders" ADD CONSTRAINT "orders_shop_code_fkey" FOREIGN KEY ("shop_code") REFERENCES "shops" ("code") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;

-- see that shops has what orders refers to
-- ! may fail on existing data: rows of `orders` may have a `shop_code` that `shops` has not
-- okra: new transaction
ALTER TABLE "orders" VALIDATE CONSTRAINT "orders_shop_code_fkey";
