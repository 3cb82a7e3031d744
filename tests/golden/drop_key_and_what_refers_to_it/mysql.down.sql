-- drop_key_and_what_refers_to_it: down, mysql
-- what the migration took from rows does not come back:
--   drops column `orders.shop_code` with its values
--   drops column `shops.code` with its values

-- + column shops.code: varchar(255) not null, rows get UUID()
-- ! breaks code that runs against the old schema: code that inserts into `shops` without `code` fails
ALTER TABLE `shops` ADD COLUMN `code` varchar(255) NULL, ALGORITHM=INSTANT;

-- give the rows of shops their code
-- ! blocks writes or reads: writes to rows of `shops` wait while those get their values
UPDATE `shops` SET `code` = UUID();

-- change table shops: 2 changes
--   ~ column shops.code: null → not null
--   + unique index shops_code_key on shops (code)
-- ! rewrites the table: writes all rows of `shops` anew, while others read and write
ALTER TABLE `shops`
  MODIFY COLUMN `code` varchar(255) NOT NULL,
  ADD UNIQUE INDEX `shops_code_key` (`code`),
  ALGORITHM=INPLACE, LOCK=NONE;

-- + column orders.shop_code: varchar(255) not null, rows get (SELECT `code` FROM `shops` ORDER BY `code` LIMIT 1)
-- ! breaks code that runs against the old schema: code that inserts into `orders` without `shop_code` fails
ALTER TABLE `orders` ADD COLUMN `shop_code` varchar(255) NULL, ALGORITHM=INSTANT;

-- give the rows of orders their shop_code
-- ! may fail on existing data: `orders.shop_code` may not be able to hold what `(SELECT `code` FROM `shops` ORDER BY `code` LIMIT 1)` gives for some row
-- ! blocks writes or reads: writes to rows of `orders` wait while those get their values
UPDATE `orders` SET `shop_code` = (SELECT `code` FROM `shops` ORDER BY `code` LIMIT 1);

-- ~ column orders.shop_code: null → not null
-- ! rewrites the table: writes all rows of `orders` anew, while others read and write
ALTER TABLE `orders` MODIFY COLUMN `shop_code` varchar(255) NOT NULL, ALGORITHM=INPLACE, LOCK=NONE;

-- add foreign key orders_shop_code_fkey to orders
-- ! may fail on existing data: `orders.shop_code` may hold values that `shops` does not have
-- ! blocks writes or reads: copies all rows of `orders`; nobody else can write to it meanwhile
ALTER TABLE `orders`
  ADD INDEX `orders_shop_code_fkey` (`shop_code`),
  ADD CONSTRAINT `orders_shop_code_fkey` FOREIGN KEY (`shop_code`) REFERENCES `shops` (`code`) ON DELETE RESTRICT ON UPDATE CASCADE,
  ALGORITHM=COPY, LOCK=SHARED;
