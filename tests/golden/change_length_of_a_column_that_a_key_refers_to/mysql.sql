-- change_length_of_a_column_that_a_key_refers_to: up, mysql

-- drop foreign key orders_shop_code_fkey of orders
ALTER TABLE `orders` DROP FOREIGN KEY `orders_shop_code_fkey`, ALGORITHM=INSTANT;

-- ~ column shops.code: varchar(20) → varchar(40)
ALTER TABLE `shops` MODIFY COLUMN `code` varchar(40) NOT NULL, ALGORITHM=INSTANT;

-- add foreign key orders_shop_code_fkey to orders
-- ! blocks writes or reads: copies all rows of `orders`; nobody else can write to it meanwhile
ALTER TABLE `orders` ADD CONSTRAINT `orders_shop_code_fkey` FOREIGN KEY (`shop_code`) REFERENCES `shops` (`code`) ON DELETE RESTRICT ON UPDATE CASCADE, ALGORITHM=COPY, LOCK=SHARED;
