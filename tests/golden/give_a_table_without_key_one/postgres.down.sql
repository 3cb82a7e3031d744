-- give_a_table_without_key_one: down, postgres

-- drop constraints of facts
ALTER TABLE "facts" DROP CONSTRAINT "facts_pkey";

-- alter table facts
--   - column facts.id
-- ! loses data: drops column `facts.id` with its values
-- ! breaks code that runs against the old schema: code that uses `facts.id` fails
ALTER TABLE "facts" DROP COLUMN "id";
