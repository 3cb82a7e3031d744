-- drop_key_and_what_refers_to_it: down, sqlite
-- what the migration took from rows does not come back:
--   drops column `orders.shop_code` with its values
--   drops column `shops.code` with its values

-- rebuild shops: make the new table
--   + column shops.code: text not null, rows get lower(hex(randomblob(16)))
--   + unique index shops_code_key on shops (code)
-- ! breaks code that runs against the old schema: code that inserts into `shops` without `code` fails
-- ! rewrites the table: copies all rows of `shops`; nobody else can write meanwhile
CREATE TABLE "_okra_new_shops" (
  "id" integer NOT NULL PRIMARY KEY,
  "code" text NOT NULL
);

-- rebuild shops: copy its rows
INSERT INTO "_okra_new_shops" ("id", "code")
  SELECT "shops"."id", lower(hex(randomblob(16))) FROM "shops";

-- rebuild shops: drop the old table
DROP TABLE "shops";

-- rebuild shops: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild shops: put the new table in its place
ALTER TABLE "_okra_new_shops" RENAME TO "shops";

-- rebuild shops: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;

-- unique index shops by code
CREATE UNIQUE INDEX "shops_code_key" ON "shops" ("code");

-- rebuild orders: make the new table
--   + column orders.shop_code: text not null, rows get (SELECT "shops"."code" FROM "shops" ORDER BY "shops"."code" LIMIT 1)
--   + foreign key orders (shop_code) → shops (code), on delete restrict, on update cascade
-- ! breaks code that runs against the old schema: code that inserts into `orders` without `shop_code` fails
-- ! may fail on existing data: `orders.shop_code` may hold values that `shops` does not have
-- ! rewrites the table: copies all rows of `orders`; nobody else can write meanwhile
CREATE TABLE "_okra_new_orders" (
  "id" integer NOT NULL PRIMARY KEY,
  "shop_code" text NOT NULL,
  FOREIGN KEY ("shop_code") REFERENCES "shops" ("code") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- rebuild orders: copy its rows
INSERT INTO "_okra_new_orders" ("id", "shop_code")
  SELECT "orders"."id", (SELECT "shops"."code" FROM "shops" ORDER BY "shops"."code" LIMIT 1) FROM "orders";

-- rebuild orders: drop the old table
DROP TABLE "orders";

-- rebuild orders: leave what refers to it as it is written
PRAGMA legacy_alter_table = ON;

-- rebuild orders: put the new table in its place
ALTER TABLE "_okra_new_orders" RENAME TO "orders";

-- rebuild orders: back to the usual way of renaming
PRAGMA legacy_alter_table = OFF;
