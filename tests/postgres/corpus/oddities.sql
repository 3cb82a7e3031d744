-- What hardly anybody does, and somebody did.
CREATE TABLE cases (id integer PRIMARY KEY, "ID" text, "Id" text);
CREATE TABLE "CASES" (id integer PRIMARY KEY REFERENCES cases);
CREATE TABLE null_serial (a serial);
ALTER TABLE null_serial ALTER a DROP NOT NULL;
CREATE TABLE whole_row (a integer, CHECK (whole_row.a > 0), CHECK (whole_row IS NOT NULL));
CREATE TABLE composites (a cases, b cases[], c cases DEFAULT ROW(1, 'a', 'b'));
CREATE TABLE slices (a integer[], b integer GENERATED ALWAYS AS ((a)[1] + (a[2:3])[1]) STORED, c integer[] CHECK (c[1:2] <> a));
CREATE INDEX on_sum ON slices ((a[1] + b)) INCLUDE (c);
CREATE TABLE calls (
  a timestamp DEFAULT timezone('utc', now()), b text DEFAULT ('a' || CURRENT_DATE::text), c integer DEFAULT (('5'::text)::integer),
  d text[] DEFAULT string_to_array('a,b', ','), e integer DEFAULT coalesce(NULL, 1), f boolean DEFAULT (1 > 2 OR NOT false),
  g text DEFAULT (CASE WHEN true THEN 'x' END), h jsonb DEFAULT jsonb_build_object('a', ARRAY[1, 2]), i text DEFAULT to_char(now(), 'YYYY-MM'),
  j uuid DEFAULT md5('x')::uuid, k integer DEFAULT (2 ^ 3)::int, l text DEFAULT U&'d\0061t', m interval DEFAULT interval '1-2' year to month,
  n timestamptz DEFAULT ('now'::text)::timestamptz, o text DEFAULT current_setting('x.y', true), p date DEFAULT date_trunc('month', CURRENT_DATE)::date,
  q integer[] DEFAULT array_fill(0, ARRAY[3]), r timestamp DEFAULT (CURRENT_TIMESTAMP AT TIME ZONE 'Europe/Berlin'), s xid8 DEFAULT '5',
  t text DEFAULT (('x'::text COLLATE "C") || 'y'), u boolean DEFAULT ('a' LIKE 'b%'), v time DEFAULT (now())::time, w bit(8) DEFAULT x'1f'
);
CREATE TABLE precedence (
  a integer, b integer, c boolean, t text,
  CHECK (a + b * 2 - (a - b) > a / (b + 1)), CHECK (-a ^ 2 > 0), CHECK ((a > b) = c), CHECK (NOT c = (a > b)), CHECK ((NOT c) = (a > b)),
  CHECK (a = ANY (ARRAY[1, 2]) = c), CHECK ((a IN (1, 2)) IS NOT TRUE), CHECK ((t IS NULL) IS TRUE), CHECK ((a BETWEEN 1 AND 2) = c),
  CHECK (t || 'x' LIKE 'a%' || 'b'), CHECK ((t LIKE 'a%') = c), CHECK (a % 2 = 1 AND b IS NULL OR NOT c), CHECK (a::text || b::text = t),
  CHECK ((a + b)::text = t), CHECK ((-a)::text <> '5'), CHECK ('-5'::integer < a), CHECK (a - -5 > 0), CHECK (- - a = a), CHECK (a & 3 | 4 = b),
  CHECK ((a & 3) = b), CHECK (t COLLATE "C" || 'x' < 'b'), CHECK ((t || 'x') COLLATE "C" < 'b'), CHECK (CASE WHEN c THEN a ELSE b END + 1 > 0)
);
CREATE INDEX by_case ON precedence ((CASE WHEN c THEN a ELSE b END), (a IS NULL) DESC) WHERE c IS NOT FALSE AND (a > 0 OR t ~ '^x' OR b IN (1, 2, 3));
