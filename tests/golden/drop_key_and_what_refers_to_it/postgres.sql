-- drop_key_and_what_refers_to_it: up, postgres

-- drop the foreign key of orders to shops
ALTER TABLE "orders" DROP CONSTRAINT "orders_shop_code_fkey";

-- drop constraints of shops
ALTER TABLE "shops" DROP CONSTRAINT "shops_code_key";

-- alter table orders
--   - column orders.shop_code
-- ! loses data: drops column `orders.shop_code` with its values
-- ! breaks code that runs against the old schema: code that uses `orders.shop_code` fails
ALTER TABLE "orders" DROP COLUMN "shop_code";

-- alter table shops
--   - column shops.code
-- ! loses data: drops column `shops.code` with its values
-- ! breaks code that runs against the old schema: code that uses `shops.code` fails
ALTER TABLE "shops" DROP COLUMN "code";
