-- merge_enum_values: up, postgres

-- put the old type state aside
ALTER TYPE "state" RENAME TO "_okra_old_state";

-- create type state
CREATE TYPE "state" AS ENUM ('new, too', 'DONE');

-- alter table tasks
--   ~ column tasks.state: default 'NEW' → 'new, too'
-- ! changes data: `tasks.state` holds values that can't be told apart any more: 'NEW' and 'new, too'
-- ! changes data: `tasks.past` holds values that can't be told apart any more: 'NEW' and 'new, too'
-- ! rewrites the table: writes all rows of `tasks` anew; nobody else can use it meanwhile
ALTER TABLE "tasks"
  ALTER COLUMN "state" DROP DEFAULT,
  ALTER COLUMN "state" TYPE state USING (CASE "state"::text WHEN 'NEW' THEN 'new, too' ELSE "state"::text END)::state,
  ALTER COLUMN "state" SET DEFAULT 'new, too',
  ALTER COLUMN "past" TYPE state[] USING array_replace("past"::text[], 'NEW', 'new, too')::state[];

-- drop the old type state
DROP TYPE "_okra_old_state";
