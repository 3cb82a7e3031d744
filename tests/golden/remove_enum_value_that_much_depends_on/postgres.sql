-- remove_enum_value_that_much_depends_on: up, postgres

-- drop index by_next of tasks
DROP INDEX "by_next";

-- drop index new_tasks of tasks
DROP INDEX "new_tasks";

-- drop constraints of tasks
ALTER TABLE "tasks" DROP CONSTRAINT "tasks_next_check";

-- put the old type state aside
ALTER TYPE "state" RENAME TO "_okra_old_state";

-- create type state
-- ! breaks code that runs against the old schema: code that writes 'STUCK' fails
CREATE TYPE "state" AS ENUM ('DONE', 'NEW');

-- alter table tasks
-- ! may fail on existing data: `tasks.state` may hold 'STUCK'
-- ! may fail on existing data: `tasks.past` may hold 'STUCK'
-- ! may fail on existing data: `tasks.next` may hold 'STUCK'
-- ! rewrites the table: writes all rows of `tasks` anew; nobody else can use it meanwhile
ALTER TABLE "tasks"
  DROP COLUMN "open",
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE state USING "state"::text::state,
  ALTER COLUMN "state" SET DEFAULT 'NEW',
  ALTER COLUMN "past" DROP DEFAULT,
  ALTER COLUMN "past" TYPE state[] USING "past"::text[]::state[],
  ALTER COLUMN "past" SET DEFAULT '{NEW}',
  ALTER COLUMN "next" TYPE state USING "next"::text::state,
  ADD COLUMN "open" boolean GENERATED ALWAYS AS (state = 'NEW') STORED,
  ADD CONSTRAINT "tasks_next_check" CHECK (next <> 'DONE') NOT VALID;

-- unique index tasks by id
-- ! blocks writes or reads: nobody else can write to `tasks` while its index is built
CREATE UNIQUE INDEX "by_next" ON "tasks" ((COALESCE(next, 'NEW')), "id");

-- index tasks by id
-- ! blocks writes or reads: nobody else can write to `tasks` while its index is built
CREATE INDEX "new_tasks" ON "tasks" ("id") WHERE state = 'NEW';

-- drop the old type state
DROP TYPE "_okra_old_state";

-- see that all rows of tasks satisfy tasks_next_check
-- ! may fail on existing data: rows of `tasks` may not satisfy `next <> 'DONE'`
-- okra: new transaction
ALTER TABLE "tasks" VALIDATE CONSTRAINT "tasks_next_check";
