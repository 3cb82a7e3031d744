-- change_type_from_whole_number_to_float: down, sqlite
-- what the migration took from rows does not come back:
--   whole numbers in `products.amount` keep 15 digits

-- rebuild products: make the new table
--   ~ column products.amount: real → integer
-- ! rewrites the table: copies all rows of `products`; nobody else can write meanwhile
CREATE TABLE "_okra_new_products" (
  "id" integer NOT NULL PRIMARY KEY,
  "amount" integer NOT NULL
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
