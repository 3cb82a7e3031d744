-- change_type_from_text_to_number: up, mysql

-- change table products: 2 changes
--   ~ column products.code: varchar(255) → int
--   ~ column products.weight: varchar(255) → double
-- ! may fail on existing data: `products.code` may hold values that are no `int`
-- ! changes data: `products.code` becomes `int`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `products.code` for `varchar(255)` fails
-- ! may fail on existing data: values of `products.code` that were different may be equal now
-- ! may fail on existing data: `products.weight` may hold values that are no `double`
-- ! changes data: `products.weight` becomes `double`, as far as its values can be read as that
-- ! breaks code that runs against the old schema: code that takes `products.weight` for `varchar(255)` fails
-- ! blocks writes or reads: copies all rows of `products`; nobody else can write to it meanwhile
ALTER TABLE `products`
  MODIFY COLUMN `code` int NOT NULL,
  MODIFY COLUMN `weight` double NOT NULL,
  ALGORITHM=COPY, LOCK=SHARED;
