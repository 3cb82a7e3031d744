-- change_type_from_whole_number_to_float: up, sqlite

-- rebuild products: make the new table
--   ~ column products.amount: integer → real
-- ! changes data: whole numbers in `products.amount` keep 15 digits
-- ! rewrites the table: copies all rows of `products`; nobody else can write meanwhile
CREATE TABLE "_okra_new_products" (
  "id" integer NOT NULL PRIMARY KEY,
  "amount" real NOT NULL
);

-- rebuild products: copy its rows
INSERT INTO "_okra_new_products" ("id", "amount")
  SELECT "products"."id", "products"."amount" FROM "products";

-- rebuild products: drop the old table
DROP TABLE "products";

-- rebuild products: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild products: put the new table in its place
ALTER TABLE "_okra_new_products" RENAME TO "products";

-- rebuild products: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
