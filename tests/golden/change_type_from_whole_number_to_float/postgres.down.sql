-- change_type_from_whole_number_to_float: down, postgres
-- what the migration took from rows does not come back:
--   `products.amount` keeps 15 digits

-- alter table products
--   ~ column products.amount: double precision → bigint
-- ! may fail on existing data: `products.amount` may hold numbers too large for `bigint`
-- ! changes data: `products.amount` is rounded to whole numbers
-- ! rewrites the table: writes all rows of `products` anew; nobody else can use it meanwhile
ALTER TABLE "products" ALTER COLUMN "amount" TYPE bigint;
