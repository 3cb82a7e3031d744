-- change_type_from_whole_number_to_float: up, mysql

-- ~ column products.amount: bigint → double
-- ! changes data: `products.amount` keeps 15 digits of each number
-- ! blocks writes or reads: copies all rows of `products`; nobody else can write to it meanwhile
ALTER TABLE `products` MODIFY COLUMN `amount` double NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
