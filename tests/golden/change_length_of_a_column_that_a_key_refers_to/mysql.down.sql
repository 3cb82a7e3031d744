-- change_length_of_a_column_that_a_key_refers_to: down, mysql

-- drop foreign key orders_shop_code_fkey of orders
ALTER TABLE `orders` DROP FOREIGN KEY `orders_shop_code_fkey`, ALGORITHM=INSTANT;

-- ~ column shops.code: varchar(40) → varchar(20)
-- ! may fail on existing data: `shops.code` may hold values that are too long
-- ! blocks writes or reads: copies all rows of `shops`; nobody else can write to it meanwhile
ALTER TABLE `shops` MODIFY COLUMN `code` varchar(20) NOT NULL, ALGORITHM=COPY, LOCK=SHARED;

-- add foreign key orders_shop_code_fkey to orders
-- ! may fail on existing data: `orders.shop_code` may hold values that `shops` does not have
-- ! blocks writes or reads: copies all rows of `orders`; nobody else can write to it meanwhile
ALTER TABLE `orders` ADD CONSTRAINT `orders_shop_code_fkey` FOREIGN KEY (`shop_code`) REFERENCES `shops` (`code`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
