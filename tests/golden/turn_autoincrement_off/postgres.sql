-- turn_autoincrement_off: up, postgres

-- alter table tickets
--   ~ column tickets.id: autoincrement yes → no
-- ! breaks code that runs against the old schema: code that inserts into `tickets` without `id` fails
ALTER TABLE "tickets" ALTER COLUMN "id" DROP IDENTITY;
