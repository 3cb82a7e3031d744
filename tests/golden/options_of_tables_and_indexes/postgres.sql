-- options_of_tables_and_indexes: up, postgres

-- alter table events
--   ~ table events: no options → fillfactor=80, unlogged
-- ! rewrites the table: writes all rows of `events` anew; nobody else can use it meanwhile
ALTER TABLE "events"
  SET UNLOGGED,
  SET (fillfactor = 80);

-- unique index events by kind, text
-- ! may fail on existing data: rows of `events` may have the same `kind, text`
-- okra: outside a transaction
CREATE UNIQUE INDEX CONCURRENTLY "once" ON "events" ("kind", "text") NULLS NOT DISTINCT;

-- index events by kind
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "_okra_new_events_kind_idx" ON "events" ("kind") WITH (fillfactor = 90);

-- index events by kind
-- okra: outside a transaction
CREATE INDEX CONCURRENTLY "covering" ON "events" ("kind") INCLUDE ("text");

-- drop index events_kind_idx of events
-- okra: new transaction
DROP INDEX "events_kind_idx";

-- change keys of events
ALTER TABLE "events" ADD CONSTRAINT "once" UNIQUE USING INDEX "once";

-- the new index takes the name events_kind_idx
ALTER INDEX "_okra_new_events_kind_idx" RENAME TO "events_kind_idx";
