-- replace_table_by_one_of_the_same_name_with_another_key: down, postgres

-- stop counting sessions.id
ALTER TABLE "sessions" ALTER COLUMN "id" DROP IDENTITY;

-- alter table sessions
--   ~ column sessions.id: integer → uuid, default none → gen_random_uuid(), autoincrement yes → no
-- ! may fail on existing data: `sessions.id` may hold values that can't become `uuid`: there is no cast from `integer`
-- ! breaks code that runs against the old schema: code that takes `sessions.id` for `integer` fails
-- ! rewrites the table: writes all rows of `sessions` anew; nobody else can use it meanwhile
ALTER TABLE "sessions"
  ALTER COLUMN "id" TYPE uuid USING "id"::text::uuid,
  ALTER COLUMN "id" SET DEFAULT gen_random_uuid();
