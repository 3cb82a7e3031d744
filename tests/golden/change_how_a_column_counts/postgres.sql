-- change_how_a_column_counts: up, postgres

-- alter table tickets
--   ~ column tickets.number: integer → bigint, autoincrement yes → always increment 10 cache 5
-- ! rewrites the table: writes all rows of `tickets` anew; nobody else can use it meanwhile
ALTER TABLE "tickets"
  ALTER COLUMN "number" TYPE bigint,
  ALTER COLUMN "number" SET GENERATED ALWAYS SET INCREMENT BY 10 SET CACHE 5;
