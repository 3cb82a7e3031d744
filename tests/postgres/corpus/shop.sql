-- A shop as its developers left it: serial keys, loose defaults, checks in every spelling.
CREATE TYPE order_state AS ENUM ('new', 'paid', 'in transit', 'Returned', 'über');
COMMENT ON TYPE order_state IS 'where an order is';

CREATE TABLE customers (
  id serial PRIMARY KEY,
  email varchar(255) NOT NULL,
  name text,
  "Loyalty" smallint DEFAULT 0 NOT NULL,
  born date,
  credit numeric(12, 2) DEFAULT 0.00 NOT NULL,
  created_at timestamp with time zone DEFAULT now() NOT NULL,
  updated_at timestamp with time zone,
  CONSTRAINT customers_email_lower CHECK (email = lower(email)),
  CONSTRAINT customers_born_check CHECK (born > '1900-01-01' AND born <= CURRENT_DATE),
  CONSTRAINT credit_not_negative CHECK (credit >= 0)
);
COMMENT ON TABLE customers IS 'People who bought something';
COMMENT ON COLUMN customers.email IS 'in lower case, it''s checked';
CREATE UNIQUE INDEX customers_email_idx ON customers (email);
CREATE INDEX customers_name_trgm ON customers (lower(name) text_pattern_ops);

CREATE TABLE products (
  sku character(12) PRIMARY KEY,
  title character varying NOT NULL,
  price numeric(10, 2) NOT NULL CHECK (price > 0),
  discounted numeric(10, 2),
  weight real DEFAULT 0.5,
  volume double precision DEFAULT 1.25 NOT NULL,
  tags text[] DEFAULT '{}' NOT NULL,
  sizes integer[] DEFAULT ARRAY[1, 2, 3],
  attributes jsonb DEFAULT '{"new": true, "a": 1}' NOT NULL,
  active boolean DEFAULT true NOT NULL,
  thumbnail bytea,
  CONSTRAINT products_check CHECK (discounted IS NULL OR discounted < price),
  CHECK (array_length(tags, 1) IS NULL OR array_length(tags, 1) <= 20)
);
CREATE INDEX products_tags ON products USING gin (tags);
CREATE INDEX products_attributes ON products USING gin (attributes jsonb_path_ops);
CREATE INDEX products_active ON products (price DESC, title) WHERE active;

CREATE TABLE orders (
  id bigserial,
  customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,
  state order_state DEFAULT 'new' NOT NULL,
  history order_state[] DEFAULT '{}' NOT NULL,
  placed_at timestamp DEFAULT CURRENT_TIMESTAMP NOT NULL,
  note text DEFAULT ''::text,
  total numeric(12, 2) DEFAULT 0 NOT NULL,
  PRIMARY KEY (id),
  CONSTRAINT state_known CHECK (state IN ('new', 'paid', 'in transit') OR note <> '')
);
CREATE INDEX ON orders (customer_id, placed_at DESC NULLS LAST);
CREATE INDEX open_orders ON orders (customer_id) WHERE state IN ('new', 'paid');
CREATE INDEX orders_day ON orders (date_trunc('day', placed_at));

CREATE TABLE order_lines (
  order_id bigint NOT NULL,
  line smallint NOT NULL,
  sku character(12) NOT NULL,
  quantity integer DEFAULT 1 NOT NULL,
  price numeric(10, 2) NOT NULL,
  amount numeric(12, 2) GENERATED ALWAYS AS (quantity * price) STORED,
  PRIMARY KEY (order_id, line),
  CONSTRAINT lines_order FOREIGN KEY (order_id) REFERENCES orders (id) ON UPDATE CASCADE ON DELETE CASCADE,
  CONSTRAINT lines_product FOREIGN KEY (sku) REFERENCES products (sku) ON DELETE RESTRICT,
  CHECK (quantity BETWEEN 1 AND 999),
  CHECK (line > 0)
);

CREATE TABLE wishes (
  customer_id integer REFERENCES customers (id),
  sku character(12) REFERENCES products (sku) ON DELETE SET NULL,
  since date DEFAULT CURRENT_DATE,
  rank integer,
  UNIQUE (customer_id, sku),
  UNIQUE (customer_id, rank) DEFERRABLE INITIALLY DEFERRED
);

CREATE TABLE addresses (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  customer_id integer NOT NULL REFERENCES customers ON DELETE CASCADE,
  kind varchar(10) DEFAULT 'home' NOT NULL CHECK (kind IN ('home', 'work', 'other')),
  country char(2) DEFAULT 'DE' NOT NULL,
  lines text[] NOT NULL CHECK (cardinality(lines) > 0),
  valid daterange DEFAULT daterange(CURRENT_DATE, NULL)
);
CREATE UNIQUE INDEX one_home ON addresses (customer_id) WHERE kind = 'home';
