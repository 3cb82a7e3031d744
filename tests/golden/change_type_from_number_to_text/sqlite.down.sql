-- change_type_from_number_to_text: down, sqlite
-- what the migration took from rows does not come back:
--   numbers in `products.weight` become text with 15 digits

-- rebuild products: make the new table
--   ~ column products.code: text → integer
--   ~ column products.weight: text → real
-- ! changes data: text in `products.code` that looks like a number becomes one: '007' becomes 7
-- ! changes data: text in `products.weight` that looks like a number becomes one: '007' becomes 7
-- ! rewrites the table: copies all rows of `products`; nobody else can write meanwhile
CREATE TABLE "_okra_new_products" (
  "id" integer NOT NULL PRIMARY KEY,
  "code" integer NOT NULL,
  "weight" real NOT NULL
);

-- rebuild products: copy its rows
INSERT INTO "_okra_new_products" ("id", "code", "weight")
  SELECT "products"."id", "products"."code", "products"."weight" FROM "products";

-- rebuild products: drop the old table
DROP TABLE "products";

-- rebuild products: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild products: put the new table in its place
ALTER TABLE "_okra_new_products" RENAME TO "products";

-- rebuild products: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
