-- add_enum_value_and_use_it_at_once: up, postgres

-- add the value FIRST to type state
ALTER TYPE "state" ADD VALUE 'FIRST' BEFORE 'NEW';

-- add the value WAITING to type state
ALTER TYPE "state" ADD VALUE 'WAITING' AFTER 'NEW';

-- add the value LAST to type state
ALTER TYPE "state" ADD VALUE 'LAST' AFTER 'DONE';

-- alter table tasks
--   ~ column tasks.state: default 'NEW' → 'WAITING'
--   + column tasks.was: state not null default 'FIRST'
-- okra: new transaction
ALTER TABLE "tasks"
  ALTER COLUMN "state" SET DEFAULT 'WAITING',
  ADD COLUMN "was" state DEFAULT 'FIRST' NOT NULL;

-- index tasks by note
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "waiting" ON "tasks" ("note") WHERE state = 'WAITING';
