-- change_type_from_number_to_text: up, mysql

-- change table products: 2 changes
--   ~ column products.code: int → varchar(255)
--   ~ column products.weight: double → varchar(255)
-- ! breaks code that runs against the old schema: code that takes `products.code` for `int` fails
-- ! changes data: `products.weight` has numbers that become text with fewer digits
-- ! breaks code that runs against the old schema: code that takes `products.weight` for `double` fails
-- ! blocks writes or reads: copies all rows of `products`; nobody else can write to it meanwhile
ALTER TABLE `products`
  MODIFY COLUMN `code` varchar(255) NOT NULL,
  MODIFY COLUMN `weight` varchar(255) NOT NULL,
  ALGORITHM=COPY, LOCK=SHARED;
