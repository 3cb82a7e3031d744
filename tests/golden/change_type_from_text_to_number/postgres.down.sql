-- change_type_from_text_to_number: down, postgres
-- what the migration took from rows does not come back:
--   `products.code` becomes what its text means as `integer`
--   `products.weight` becomes what its text means as `double precision`

-- alter table products
--   ~ column products.code: integer → text
--   ~ column products.weight: double precision → text
-- ! breaks code that runs against the old schema: code that takes `products.code` for `integer` fails
-- ! breaks code that runs against the old schema: code that takes `products.weight` for `double precision` fails
-- ! rewrites the table: writes all rows of `products` anew; nobody else can use it meanwhile
ALTER TABLE "products"
  ALTER COLUMN "code" TYPE text,
  ALTER COLUMN "weight" TYPE text;
