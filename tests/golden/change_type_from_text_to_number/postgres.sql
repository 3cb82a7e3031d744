-- change_type_from_text_to_number: up, postgres

-- alter table products
--   ~ column products.code: text → integer
--   ~ column products.weight: text → double precision
-- ! may fail on existing data: `products.code` may hold text that is no `integer`
-- ! changes data: `products.code` becomes what its text means as `integer`
-- ! may fail on existing data: rows of `products` may come to have the same `code`
-- ! breaks code that runs against the old schema: code that takes `products.code` for `text` fails
-- ! may fail on existing data: `products.weight` may hold text that is no `double precision`
-- ! changes data: `products.weight` becomes what its text means as `double precision`
-- ! breaks code that runs against the old schema: code that takes `products.weight` for `text` fails
-- ! rewrites the table: writes all rows of `products` anew; nobody else can use it meanwhile
ALTER TABLE "products"
  ALTER COLUMN "code" TYPE integer USING "code"::integer,
  ALTER COLUMN "weight" TYPE double precision USING "weight"::double precision;
