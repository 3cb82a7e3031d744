CREATE TABLE "Order Items" ("Item ID" INTEGER PRIMARY KEY, "Unit Price ($)" REAL, "2nd" TEXT, "naïve" TEXT, "-" TEXT, "__x" TEXT, "a__b" TEXT, "UPPER" TEXT, "camelCase" TEXT, "Pascal" TEXT, "a_1" TEXT, "a1" TEXT, "A 1" TEXT);
CREATE TABLE "日本語" (id INTEGER PRIMARY KEY, "名前" TEXT, "年齢" INTEGER CHECK ("年齢" > 0));
CREATE TABLE "'quoted'" (`id` INTEGER PRIMARY KEY, [other] TEXT REFERENCES "Order Items" ("Item ID"));
CREATE TABLE users (id INTEGER PRIMARY KEY); CREATE TABLE user (id INTEGER PRIMARY KEY); CREATE TABLE "User s" (id INTEGER PRIMARY KEY);
CREATE INDEX "idx ""quoted""; --" ON users (id);
