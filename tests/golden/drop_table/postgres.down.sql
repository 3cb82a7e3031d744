-- drop_table: down, postgres
-- what the migration took from rows does not come back:
--   drops table `logs` with all its rows

-- create table logs
CREATE TABLE "logs" (
  "id" integer NOT NULL,
  "text" text NOT NULL,
  "level" integer NOT NULL,
  CONSTRAINT "logs_pkey" PRIMARY KEY ("id")
);

-- index logs by level
CREATE INDEX "logs_level_idx" ON "logs" ("level");
