-- change_type_from_text_to_number: down, mysql
-- what the migration took from rows does not come back:
--   `products.code` becomes `int`, as far as its values can be read as that
--   `products.weight` becomes `double`, as far as its values can be read as that

-- change table products: 2 changes
--   ~ column products.code: int → varchar(255)
--   ~ column products.weight: double → varchar(255)
-- ! breaks code that runs against the old schema: code that takes `products.code` for `int` fails
-- ! may fail on existing data: values of `products.code` that were different may be equal now
-- ! changes data: `products.weight` has numbers that become text with fewer digits
-- ! breaks code that runs against the old schema: code that takes `products.weight` for `double` fails
-- ! blocks writes or reads: copies all rows of `products`; nobody else can write to it meanwhile
ALTER TABLE `products`
  MODIFY COLUMN `code` varchar(255) NOT NULL,
  MODIFY COLUMN `weight` varchar(255) NOT NULL,
  ALGORITHM=COPY, LOCK=SHARED;
