-- merge_enum_values: down, postgres
-- what the migration took from rows does not come back:
--   `tasks.state` holds values that can't be told apart any more: 'NEW' and 'new, too'
--   `tasks.past` holds values that can't be told apart any more: 'NEW' and 'new, too'

-- rename the value new, too of type state to NEW
-- ! breaks code that runs against the old schema: `state` has 'NEW' in place of 'new, too'
ALTER TYPE "state" RENAME VALUE 'new, too' TO 'NEW';

-- add the value new, too to type state
ALTER TYPE "state" ADD VALUE 'new, too' AFTER 'NEW';

-- alter table tasks
--   ~ column tasks.state: default 'new, too' → 'NEW'
ALTER TABLE "tasks" ALTER COLUMN "state" SET DEFAULT 'NEW';
