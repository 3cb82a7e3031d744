-- What a table is kept like: unlogged, with options, in other schemas.
CREATE UNLOGGED TABLE cache_entries (key text PRIMARY KEY, value jsonb NOT NULL, expires timestamptz);
CREATE TABLE hot_rows (id bigint PRIMARY KEY, counter integer DEFAULT 0 NOT NULL) WITH (autovacuum_vacuum_scale_factor = 0.01, fillfactor = 50);
CREATE TABLE big_texts (id bigint PRIMARY KEY, body text) WITH (toast_tuple_target = 4096, toast.autovacuum_enabled = false);
CREATE UNLOGGED TABLE staging (line text) WITH (autovacuum_enabled = false);
CREATE SCHEMA audit;
CREATE SCHEMA "Odd Schema";
CREATE TYPE audit.action AS ENUM ('insert', 'update', 'delete');
CREATE TYPE action AS ENUM ('click', 'scroll');
CREATE TABLE audit.events (
  id bigserial PRIMARY KEY, at timestamptz DEFAULT clock_timestamp() NOT NULL, what audit.action NOT NULL DEFAULT 'insert',
  row_id bigint REFERENCES hot_rows ON DELETE SET NULL, old jsonb, new jsonb,
  CHECK (what <> 'insert' OR old IS NULL)
);
CREATE INDEX events_at ON audit.events USING brin (at);
CREATE TABLE audit.cache_entries (key text PRIMARY KEY, event_id bigint REFERENCES audit.events);
CREATE TABLE "Odd Schema"."Odd Table" (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event_id bigint REFERENCES audit.events);
CREATE TABLE clicks (id integer PRIMARY KEY, action action DEFAULT 'click', event bigint REFERENCES audit.events (id));
COMMENT ON TABLE audit.events IS 'Everything that happened';
