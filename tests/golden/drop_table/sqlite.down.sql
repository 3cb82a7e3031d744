-- drop_table: down, sqlite
-- what the migration took from rows does not come back:
--   drops table `logs` with all its rows

-- create table logs
CREATE TABLE "logs" (
  "id" integer NOT NULL PRIMARY KEY,
  "text" text NOT NULL,
  "level" integer NOT NULL
);

-- index logs by level
CREATE INDEX "logs_level_idx" ON "logs" ("level");
