-- drop_key_and_what_refers_to_it: up, mysql

-- drop foreign key orders_shop_code_fkey of orders
ALTER TABLE `orders` DROP FOREIGN KEY `orders_shop_code_fkey`, ALGORITHM=INSTANT;

-- - index orders_shop_code_fkey on orders
ALTER TABLE `orders` DROP INDEX `orders_shop_code_fkey`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column orders.shop_code
-- ! loses data: drops column `orders.shop_code` with its values
-- ! breaks code that runs against the old schema: code that uses `orders.shop_code` fails
ALTER TABLE `orders` DROP COLUMN `shop_code`, ALGORITHM=INSTANT;

-- - unique index shops_code_key on shops
ALTER TABLE `shops` DROP INDEX `shops_code_key`, ALGORITHM=INPLACE, LOCK=NONE;

-- - column shops.code
-- ! loses data: drops column `shops.code` with its values
-- ! breaks code that runs against the old schema: code that uses `shops.code` fails
ALTER TABLE `shops` DROP COLUMN `code`, ALGORITHM=INSTANT;
