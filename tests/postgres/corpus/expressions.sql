-- Checks, defaults, predicates and computed columns in the spellings of real people.
CREATE TABLE checks_one (
  a integer, b integer, t text, v varchar(30), c char(4), n numeric, f double precision, ok boolean, j jsonb,
  d date, ts timestamp, tz timestamptz, ia integer[], ta text[], u uuid, i interval,
  CHECK (a IN (1, 2, 3)), CHECK (a NOT IN (4, 5)), CHECK (v IN ('x', 'y')), CHECK (v = ANY (ARRAY['x', 'y'])),
  CHECK (v = ANY (ARRAY['x', 'y']::varchar[])), CHECK (t IN ('only')), CHECK (t NOT IN ('a', 'b')),
  CHECK (c IN ('aaaa', 'bbbb')), CHECK (a BETWEEN 1 AND 5), CHECK (a NOT BETWEEN 7 AND 9),
  CHECK (a BETWEEN SYMMETRIC b AND 5), CHECK (a BETWEEN 1 AND 5 AND b > 0), CHECK (a >= 1 AND a <= 5 AND b > 0),
  CHECK (a > 0 OR b > 0 AND ok), CHECK ((a > 0 OR b > 0) AND ok), CHECK (a > 0 AND (b > 0 AND ok)),
  CHECK (NOT (a = b)), CHECK (NOT ok), CHECK (ok), CHECK (ok = true), CHECK (ok IS NOT FALSE),
  CHECK (t LIKE 'a%'), CHECK (t NOT LIKE '%\_%'), CHECK (v ILIKE '%x'), CHECK (t SIMILAR TO '(a|b)%'),
  CHECK (t LIKE 'a!%' ESCAPE '!'), CHECK (v ~ '^[a-z]+$'), CHECK (t !~* 'x'), CHECK (c ~ 'x'),
  CHECK (n > 0), CHECK (n > -1.5), CHECK (f > 0), CHECK (f <> 'NaN'), CHECK (n * 1.1 > a), CHECK (a + b * 2 - 1 > 0),
  CHECK ((a + b) * 2 > 0), CHECK (a - (b - 1) > 0), CHECK (a % 2 = 0), CHECK (-a < 0), CHECK (a ^ 2 > 1), CHECK (@ a > 0)
);
CREATE TABLE checks_two (
  a integer, b integer, t text, v varchar(30), c char(4), n numeric, f double precision, ok boolean, j jsonb,
  d date, ts timestamp, tz timestamptz, ia integer[], ta text[], u uuid, i interval,
  CHECK (coalesce(t, '') <> ''), CHECK (coalesce(v, 'x') <> ''), CHECK (coalesce(a, b, 0) > 0),
  CHECK (nullif(t, '') IS NOT NULL), CHECK (greatest(a, b) < 100), CHECK (num_nonnulls(a, b) = 1),
  CHECK ((a IS NULL) <> (b IS NULL)), CHECK (a IS DISTINCT FROM b), CHECK (t IS NOT DISTINCT FROM v),
  CHECK (CASE WHEN ok THEN a > 0 ELSE b > 0 END), CHECK (CASE t WHEN 'x' THEN a = 1 WHEN 'y' THEN a = 2 END),
  CHECK ((CASE WHEN a IS NULL THEN 0 ELSE 1 END + CASE WHEN b IS NULL THEN 0 ELSE 1 END) = 1),
  CHECK (char_length(t) BETWEEN 2 AND 50), CHECK (length(trim(v)) > 0), CHECK (trim(both '-' from t) = t),
  CHECK (substring(t from 1 for 2) = 'ab'), CHECK (position('@' in t) > 1), CHECK (strpos(v, '@') > 1),
  CHECK (lower(t) = t AND upper(v) <> v), CHECK (replace(t, ' ', '') = t), CHECK (t || v <> 'ab'), CHECK (t || a <> 'x'),
  CHECK (extract(year from d) > 2000), CHECK (extract(dow from ts) NOT IN (0, 6)), CHECK (date_part('month', d) < 13),
  CHECK (d > '2020-01-01'), CHECK (ts > '2020-01-01 10:00'), CHECK (tz > '2020-01-01 00:00:00+00'),
  CHECK (tz <= now()), CHECK (ts <= now() + interval '1 day'), CHECK (ts < tz AT TIME ZONE 'UTC'), CHECK (i < '01:00'),
  CHECK (i > interval '90 minutes'), CHECK (j ? 'id'), CHECK (j ->> 'kind' IN ('a', 'b')), CHECK ((j ->> 'n')::int > 0),
  CHECK (jsonb_typeof(j) = 'object'), CHECK (j @> '{"a": {"b": 1}}'), CHECK (j #>> '{a,b}' = 'x'), CHECK (j -> 'a' -> 0 IS NOT NULL),
  CHECK (1 = ANY (ia)), CHECK (ia[1] > 0), CHECK (ia <@ ARRAY[1, 2, 3]), CHECK (ta @> ARRAY['x']), CHECK (ta <> '{}'),
  CHECK (array_position(ta, NULL) IS NULL), CHECK ('x' = ANY (ta)), CHECK (u <> '00000000-0000-0000-0000-000000000000'),
  CHECK ((a, b) <> (1, 2)), CHECK (ROW(a, b) IS DISTINCT FROM ROW(1, 2)), CHECK (t COLLATE "C" > 'a'), CHECK (t = E'tab\t'),
  CHECK (t <> 'it''s'), CHECK (t <> 'back\slash'), CHECK (t <> $$do$$), CHECK (a::text = '5'), CHECK (v::text = t), CHECK (n::int = a)
);
CREATE TABLE defaults (
  a text DEFAULT 'x', b varchar(9) DEFAULT 'x', c varchar(9) DEFAULT 'x'::text, d char(3) DEFAULT 'a', e text DEFAULT '',
  f text DEFAULT NULL, g integer DEFAULT -1, h bigint DEFAULT '5', i bigint DEFAULT -5, j smallint DEFAULT '7',
  k numeric(10, 2) DEFAULT 1.50, l numeric DEFAULT 1000, m numeric DEFAULT '1000', n double precision DEFAULT -1.5,
  o double precision DEFAULT '1.5', p real DEFAULT 0, q boolean DEFAULT 't', r boolean DEFAULT 'false', s jsonb DEFAULT '{}',
  t json DEFAULT '{"b":1,  "a":2}', u text[] DEFAULT '{}', v text[] DEFAULT ARRAY['a', 'b'], w integer[] DEFAULT '{1,2}',
  x date DEFAULT '2024-02-29', y time DEFAULT '10:00', z timestamp DEFAULT '2024-01-01'
);
CREATE TABLE more_defaults (
  a timestamptz DEFAULT now(), b timestamptz DEFAULT CURRENT_TIMESTAMP, c timestamp DEFAULT CURRENT_TIMESTAMP(3),
  d timestamp DEFAULT (now() AT TIME ZONE 'utc'), e date DEFAULT CURRENT_DATE, f time DEFAULT LOCALTIME, g date DEFAULT now(),
  h timestamptz DEFAULT (now() + interval '30 days'), i interval DEFAULT '1 day', j interval DEFAULT interval '90 minutes',
  k uuid DEFAULT gen_random_uuid(), l uuid DEFAULT '6f1c2f7e-0000-4000-8000-000000000001', m bytea DEFAULT '\x00ff',
  n bit(3) DEFAULT b'101', o bit varying DEFAULT '101', p inet DEFAULT '127.0.0.1', q point DEFAULT '(1,2)', r text DEFAULT CURRENT_USER,
  s text DEFAULT md5(random()::text), t integer DEFAULT (1 + 1), u text DEFAULT lower('A'), v text DEFAULT ('a' || 'b'),
  w bigint DEFAULT (extract(epoch from now()) * 1000)::bigint, x money DEFAULT 1.999, y int4range DEFAULT '[1,5)',
  z text DEFAULT 'line
break'
);
CREATE TABLE computed (
  first_name text, last_name varchar(40), born date, price numeric(10, 2), quantity integer, data jsonb,
  full_name text GENERATED ALWAYS AS (first_name || ' ' || last_name) STORED,
  initials text GENERATED ALWAYS AS (left(first_name, 1) || left(last_name, 1)) STORED,
  total numeric(12, 2) GENERATED ALWAYS AS (price * quantity) STORED NOT NULL,
  doubled integer GENERATED ALWAYS AS (quantity * 2) STORED,
  kind text GENERATED ALWAYS AS (data ->> 'kind') STORED,
  search tsvector GENERATED ALWAYS AS (to_tsvector('english', coalesce(first_name, '') || ' ' || coalesce(last_name, ''))) STORED,
  is_big boolean GENERATED ALWAYS AS (CASE WHEN quantity > 100 THEN true ELSE false END) STORED,
  year_born integer GENERATED ALWAYS AS (extract(year from born)) STORED UNIQUE
);
CREATE INDEX computed_search ON computed USING gin (search);
CREATE INDEX computed_total ON computed (total) WHERE total > 100;
