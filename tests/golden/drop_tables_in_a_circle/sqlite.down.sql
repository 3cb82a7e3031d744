-- drop_tables_in_a_circle: down, sqlite
-- what the migration took from rows does not come back:
--   drops table `as` with all its rows
--   drops table `bs` with all its rows

-- create table bs
CREATE TABLE "bs" (
  "id" integer NOT NULL PRIMARY KEY,
  "a_id" integer,
  FOREIGN KEY ("a_id") REFERENCES "as" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- create table as
CREATE TABLE "as" (
  "id" integer NOT NULL PRIMARY KEY,
  "b_id" integer,
  FOREIGN KEY ("b_id") REFERENCES "bs" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);
