-- options_of_tables_and_indexes: down, postgres

-- alter table events
--   ~ table events: fillfactor=80, unlogged → no options
-- ! rewrites the table: writes all rows of `events` anew; nobody else can use it meanwhile
ALTER TABLE "events"
  SET LOGGED,
  RESET (fillfactor);

-- index events by kind
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "_okra_new_events_kind_idx" ON "events" ("kind") WITH (fillfactor = 70);

-- drop index events_kind_idx of events
-- okra: new transaction
DROP INDEX "events_kind_idx";

-- the new index takes the name events_kind_idx
ALTER INDEX "_okra_new_events_kind_idx" RENAME TO "events_kind_idx";

-- drop index covering of events
-- okra: outside a transaction
DROP INDEX CONCURRENTLY "covering";

-- drop constraints of events
-- okra: new transaction
ALTER TABLE "events" DROP CONSTRAINT "once";
