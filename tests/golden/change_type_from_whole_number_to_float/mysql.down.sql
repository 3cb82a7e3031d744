-- change_type_from_whole_number_to_float: down, mysql
-- what the migration took from rows does not come back:
--   `products.amount` keeps 15 digits of each number

-- ~ column products.amount: double → bigint
-- ! may fail on existing data: `products.amount` may hold numbers that are too large or too small
-- ! changes data: `products.amount` loses digits behind the point
-- ! blocks writes or reads: copies all rows of `products`; nobody else can write to it meanwhile
ALTER TABLE `products` MODIFY COLUMN `amount` bigint NOT NULL, ALGORITHM=COPY, LOCK=SHARED;
