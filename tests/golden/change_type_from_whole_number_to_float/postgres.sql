-- change_type_from_whole_number_to_float: up, postgres

-- alter table products
--   ~ column products.amount: bigint → double precision
-- ! changes data: `products.amount` keeps 15 digits
-- ! rewrites the table: writes all rows of `products` anew; nobody else can use it meanwhile
ALTER TABLE "products" ALTER COLUMN "amount" TYPE double precision;
