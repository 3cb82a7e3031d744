-- drop_tables_in_a_circle: down, postgres
-- what the migration took from rows does not come back:
--   drops table `as` with all its rows
--   drops table `bs` with all its rows

-- create table bs
CREATE TABLE "bs" (
  "id" integer NOT NULL,
  "a_id" integer,
  CONSTRAINT "bs_pkey" PRIMARY KEY ("id")
);

-- create table as
CREATE TABLE "as" (
  "id" integer NOT NULL,
  "b_id" integer,
  CONSTRAINT "as_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "as_b_id_fkey" FOREIGN KEY ("b_id") REFERENCES "bs" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- foreign key of bs to as
ALTER TABLE "bs" ADD CONSTRAINT "bs_a_id_fkey" FOREIGN KEY ("a_id") REFERENCES "as" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
