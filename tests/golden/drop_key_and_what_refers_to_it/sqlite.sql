-- drop_key_and_what_refers_to_it: up, sqlite

-- drop index shops_code_key of shops
DROP INDEX "shops_code_key";

-- rebuild orders: make the new table
--   - foreign key orders (shop_code) → shops (code), on delete restrict, on update cascade
--   - column orders.shop_code
-- ! loses data: drops column `orders.shop_code` with its values
-- ! breaks code that runs against the old schema: code that uses `orders.shop_code` fails
-- ! rewrites the table: copies all rows of `orders`; nobody else can write meanwhile
CREATE TABLE "_okra_new_orders" (
  "id" integer NOT NULL PRIMARY KEY
);

-- rebuild orders: copy its rows
INSERT INTO "_okra_new_orders" ("id")
  SELECT "orders"."id" FROM "orders";

-- rebuild orders: drop the old table
DROP TABLE "orders";

-- rebuild orders: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild orders: put the new table in its place
ALTER TABLE "_okra_new_orders" RENAME TO "orders";

-- rebuild orders: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- drop column shops.code
-- ! loses data: drops column `shops.code` with its values
-- ! breaks code that runs against the old schema: code that uses `shops.code` fails
-- ! rewrites the table: writes all rows of `shops` anew
ALTER TABLE "shops" DROP COLUMN "code";
