CREATE TABLE "order" (id INTEGER PRIMARY KEY, "group" TEXT, "select" INTEGER, "default" TEXT DEFAULT 'x', key TEXT, "check" TEXT CHECK ("check" <> ''));
CREATE TABLE "table" (id INTEGER PRIMARY KEY, "order" INTEGER REFERENCES "order" (id), "index" TEXT);
CREATE INDEX "where" ON "order" ("group", key);
CREATE TABLE model (id INTEGER PRIMARY KEY, model TEXT, enum TEXT, "true" INTEGER, "null" TEXT);
CREATE TABLE enum (id INTEGER PRIMARY KEY);
CREATE TABLE int (id INTEGER PRIMARY KEY);
CREATE TABLE dates (id INTEGER PRIMARY KEY);
CREATE TABLE date (id INTEGER PRIMARY KEY, date_id INTEGER REFERENCES dates (id));
CREATE TABLE strings (id INTEGER PRIMARY KEY, string_id INTEGER REFERENCES strings (id));
