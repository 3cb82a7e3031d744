-- add_enum_value_and_use_it_at_once: down, postgres

-- drop index waiting of tasks
DROP INDEX "waiting";

-- put the old type state aside
ALTER TYPE "state" RENAME TO "_okra_old_state";

-- create type state
-- ! breaks code that runs against the old schema: code that writes 'FIRST' fails
-- ! breaks code that runs against the old schema: code that writes 'WAITING' fails
-- ! breaks code that runs against the old schema: code that writes 'LAST' fails
CREATE TYPE "state" AS ENUM ('NEW', 'DONE');

-- alter table tasks
--   - column tasks.was
--   ~ column tasks.state: default 'WAITING' → 'NEW'
-- ! loses data: drops column `tasks.was` with its values
-- ! breaks code that runs against the old schema: code that uses `tasks.was` fails
-- ! may fail on existing data: `tasks.state` may hold 'FIRST', 'WAITING', 'LAST'
-- ! rewrites the table: writes all rows of `tasks` anew; nobody else can use it meanwhile
ALTER TABLE "tasks"
  DROP COLUMN "was",
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE state USING "state"::text::state,
  ALTER COLUMN "state" SET DEFAULT 'NEW';

-- drop the old type state
DROP TYPE "_okra_old_state";
