CREATE TABLE "accounts_user" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "password" varchar(128) NOT NULL,
  "last_login" datetime NULL,
  "is_superuser" bool NOT NULL,
  "username" varchar(150) NOT NULL UNIQUE,
  "date_joined" datetime NOT NULL
);
CREATE TABLE "accounts_group" ("id" integer NOT NULL PRIMARY KEY AUTOINCREMENT, "name" varchar(150) NOT NULL UNIQUE);
CREATE TABLE "accounts_user_groups" (
  "id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
  "user_id" integer NOT NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED,
  "group_id" integer NOT NULL REFERENCES "accounts_group" ("id") DEFERRABLE INITIALLY DEFERRED
);
CREATE UNIQUE INDEX "accounts_user_groups_user_id_group_id_59c0b32f_uniq" ON "accounts_user_groups" ("user_id", "group_id");
CREATE INDEX "accounts_user_groups_user_id_bd11a704" ON "accounts_user_groups" ("user_id");
CREATE TABLE "shop_item" (
  "id" bigint NOT NULL PRIMARY KEY,
  "price" decimal NOT NULL,
  "stock" integer unsigned NOT NULL CHECK ("stock" >= 0),
  "meta" text NOT NULL CHECK ((JSON_VALID("meta") OR "meta" IS NULL)),
  "owner_id" integer NULL REFERENCES "accounts_user" ("id") DEFERRABLE INITIALLY DEFERRED,
  "token" char(32) NOT NULL,
  "active" bool NOT NULL DEFAULT 1,
  CONSTRAINT "price_positive" CHECK ("price" > 0)
);
