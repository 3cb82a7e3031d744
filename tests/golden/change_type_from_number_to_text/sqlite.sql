-- change_type_from_number_to_text: up, sqlite

-- rebuild products: make the new table
--   ~ column products.code: integer → text
--   ~ column products.weight: real → text
-- ! changes data: numbers in `products.weight` become text with 15 digits
-- ! rewrites the table: copies all rows of `products`; nobody else can write meanwhile
CREATE TABLE "_okra_new_products" (
  "id" integer NOT NULL PRIMARY KEY,
  "code" text NOT NULL,
  "weight" text NOT NULL
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
