-- Every kind of index that comes with the server.
CREATE TABLE methods (
  id integer PRIMARY KEY, t text, v varchar(50), n numeric, j jsonb, ta text[], ts tsvector, p point, b box,
  r int4range, net inet, at timestamptz, u uuid, c text COLLATE "C"
);
CREATE INDEX m_btree ON methods (t);
CREATE INDEX m_btree_named ON methods USING btree (t ASC NULLS LAST);
CREATE INDEX m_desc ON methods (t DESC, v DESC NULLS LAST, n NULLS FIRST);
CREATE INDEX m_hash ON methods USING hash (u);
CREATE INDEX m_gin ON methods USING gin (j);
CREATE INDEX m_gin_path ON methods USING gin (j jsonb_path_ops);
CREATE INDEX m_gin_array ON methods USING gin (ta) WITH (fastupdate = off, gin_pending_list_limit = 256);
CREATE INDEX m_gin_two ON methods USING gin (ts, ta);
CREATE INDEX m_gist ON methods USING gist (p, b);
CREATE INDEX m_gist_range ON methods USING gist (r) WITH (buffering = off);
CREATE INDEX m_gist_net ON methods USING gist (net inet_ops);
CREATE INDEX m_spgist ON methods USING spgist (p);
CREATE INDEX m_spgist_kd ON methods USING spgist (p kd_point_ops);
CREATE INDEX m_spgist_text ON methods USING spgist (t);
CREATE INDEX m_brin ON methods USING brin (at) WITH (pages_per_range = 16);
CREATE INDEX m_brin_two ON methods USING brin (at, n);
CREATE INDEX m_brin_minmax ON methods USING brin (at timestamptz_minmax_multi_ops (values_per_range = 64));
CREATE INDEX m_brin_bloom ON methods USING brin (u uuid_bloom_ops);
CREATE INDEX m_pattern ON methods (t text_pattern_ops, v varchar_pattern_ops);
CREATE INDEX m_varchar_ops ON methods (v varchar_ops);
CREATE INDEX m_collate ON methods (t COLLATE "C", c COLLATE "default");
CREATE INDEX m_collate_ops ON methods (t COLLATE "C" text_pattern_ops DESC);
CREATE INDEX m_include ON methods (t) INCLUDE (v, n);
CREATE UNIQUE INDEX m_unique ON methods (t, n);
CREATE UNIQUE INDEX m_unique_include ON methods (u) INCLUDE (at);
CREATE UNIQUE INDEX m_unique_where ON methods (v) WHERE n IS NOT NULL;
CREATE UNIQUE INDEX m_unique_expression ON methods (lower(t));
CREATE INDEX m_fill ON methods (n) WITH (deduplicate_items = off, fillfactor = 70);
CREATE INDEX m_where ON methods (n) WHERE v IN ('a', 'b') AND n > 0;
CREATE INDEX m_where_bool ON methods (n) WHERE (t IS NOT NULL AND n > 0) OR v = 'x';
CREATE INDEX m_expr ON methods (lower(v), (n * 2), (j ->> 'a'));
CREATE INDEX m_expr_ops ON methods (lower(t) text_pattern_ops DESC NULLS LAST, upper(v) COLLATE "C");
CREATE INDEX m_expr_collate ON methods ((t || v) COLLATE "C");
CREATE INDEX m_expr_cast ON methods (((j ->> 'n')::integer));
CREATE INDEX m_expr_coalesce ON methods (coalesce(t, v::text, ''));
CREATE INDEX m_expr_case ON methods ((CASE WHEN n > 0 THEN 1 ELSE 0 END));
CREATE INDEX m_expr_null ON methods ((t IS NULL));
CREATE INDEX m_expr_zone ON methods ((at AT TIME ZONE 'UTC'));
CREATE INDEX m_expr_day ON methods (((at AT TIME ZONE 'UTC')::date));
CREATE INDEX m_expr_search ON methods USING gin (to_tsvector('simple', t));
CREATE INDEX m_same ON methods (t);
COMMENT ON INDEX m_btree IS 'the first of many';
CREATE TABLE constraints (
  a integer, b integer, c text, d text,
  CONSTRAINT c_plain UNIQUE (a),
  CONSTRAINT c_include UNIQUE (b) INCLUDE (c),
  CONSTRAINT c_deferrable UNIQUE (c) DEFERRABLE,
  CONSTRAINT c_deferred UNIQUE (d) DEFERRABLE INITIALLY DEFERRED,
  CONSTRAINT c_two UNIQUE (a, b) WITH (fillfactor = 80)
);
COMMENT ON INDEX c_plain IS 'a is a';
CREATE UNIQUE INDEX c_index ON constraints (a, c);
CREATE TABLE distinct_nulls (a integer, b integer, CONSTRAINT dn UNIQUE NULLS NOT DISTINCT (a, b));
CREATE UNIQUE INDEX dn_index ON distinct_nulls (b) NULLS NOT DISTINCT;
